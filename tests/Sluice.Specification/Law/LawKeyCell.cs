using System.Globalization;
using Sluice.Specification.Databases;

namespace Sluice.Specification.Law;

/// <summary>One .NET type and one column that is a key: the row is found again by upsert, condition, list, update and delete.</summary>
sealed class LawKeyCell(TestDatabase database, Table table, LawColumn column, LawType type, LawFaults faults)
{
    internal async Task RunAsync()
    {
        for (var id = 0; id < type.Values.Count; id++)
        {
            faults.Cells += 6;
            await database.ExecuteAsync($"DELETE FROM {table.Name}");
            try
            {
                await database.Engine.UpsertAsync(type.TypedKeys([id], 1), table: table);
            }
            catch (BulkException)
            {
                if (await database.CountAsync(table.Name) > 0)
                    Fault(id, "key", "refused, and the row is there");
                continue;
            }
            catch (Exception raw)
            {
                Fault(id, "key", $"a raw {raw.GetType().Name}: {raw.Message}");
                continue;
            }
            await FindAsync(id);
        }
    }

    async Task FindAsync(int id)
    {
        await CheckAsync(id, "upsert of the key", "2", () => database.Engine.UpsertAsync(type.TypedKeys([id], 2), table: table));
        await CheckAsync(id, "upsert of the key in a list", "3", () => database.Engine.UpsertAsync(type.KeyLists([id], 3), table: table));
        await CheckAsync(id, "update by the key", "4", () => database.Engine.UpdateAsync(type.TypedKeys([id], 4), table: table));
        var n = table.Column<int>("n");
        await CheckAsync(id, "condition", "4", async () => Assert.Single(await database.Engine.QueryAsync<int>(Sql.Select(n).From(table).Where(type.Equals(table, id)))));
        await CheckAsync(id, "condition with a list", "4", async () => Assert.Single(await database.Engine.QueryAsync<int>(Sql.Select(n).From(table).Where(type.In(table, id)))));
        if (type.Ordered(table, column.Family, id) is { } ordered)
        {
            faults.Cells++;
            await CheckAsync(id, "condition of order", "4",
                async () => Assert.Single(await database.Engine.QueryAsync<int>(Sql.Select(n).From(table).Where(ordered))));
        }
        if (type.IsRelating)
            await RelateAsync(id);
        await CheckAsync(id, "delete by the key", "", () => database.Engine.DeleteAsync(type.TypedKeys([id], 5), table: table));
    }

    async Task RelateAsync(int id)
    {
        faults.Cells += 2;
        try
        {
            await database.ExecuteAsync("DELETE FROM law_children; DELETE FROM law_parents");
            await type.RelateAsync(database.Engine, id);
            foreach (var strategy in new[] { IncludeStrategy.SelectIn, IncludeStrategy.Joined })
            {
                if (await type.RelatedAsync(database.Engine, strategy) is var found && found != id.ToString(CultureInfo.InvariantCulture))
                    Fault(id, $"related rows by {strategy}", $"the related row is not found: '{found}'");
            }
        }
        catch (Exception failure) when (failure is not Xunit.Sdk.XunitException)
        {
            Fault(id, "related rows", $"{failure.GetType().Name}: {failure.Message}");
        }
    }

    async Task CheckAsync(int id, string path, string expected, Func<Task> run)
    {
        try
        {
            await run();
        }
        catch (Exception failure)
        {
            Fault(id, path, failure is Xunit.Sdk.XunitException ? "the row is not found" : $"{failure.GetType().Name}: {failure.Message}");
            return;
        }
        var rows = string.Join(",", (await database.QueryAsync($"SELECT n FROM {table.Name}")).Select(r => Convert.ToString(r[0], CultureInfo.InvariantCulture)));
        if (rows != expected)
            Fault(id, path, $"the rows are ({rows}), and should be ({expected})");
    }

    void Fault(int id, string path, string what) =>
        faults.Add(new LawFault(type.Name, type.Values[id], column, path, what) { Printed = type.Print(id) });
}
