using System.Globalization;
using Sluice.Specification.Databases;

namespace Sluice.Specification.Law;

/// <summary>One .NET type and one column: every value by every way.</summary>
sealed class LawCell(TestDatabase database, Table table, LawColumn column, LawType type, LawFaults faults)
{
    readonly Dictionary<(int Value, string Path), string> _refused = [];
    readonly HashSet<(int Value, string Path)> _kept = [];

    internal async Task RunAsync(IReadOnlyList<LawPath> paths)
    {
        for (var i = 0; i < paths.Count; i++)
        {
            // A type and a column that have nothing in common are tried by two ways only.
            if (i == 2 && _kept.Count == 0)
                break;
            await RunAsync(paths[i]);
            if (i > 0)
                continue;
            await ReadAsync();
            await ReturnAsync(isUpsert: false);
            await ReturnAsync(isUpsert: true);
        }
        Agree();
        faults.Cells += type.Values.Count;
    }

    async Task RunAsync(LawPath path)
    {
        List<int> ids = [.. Enumerable.Range(0, type.Values.Count)];
        while (ids.Count > 0)
        {
            await ClearAsync(path.Updates);
            var refused = await TryAsync(path, ids);
            if (refused is null)
            {
                await LookAsync(path, ids);
                return;
            }
            if (await KeptAsync() is > 0 and var kept)
                Fault(refused[0].Id, path.Name, string.Create(CultureInfo.InvariantCulture, $"refused, and {kept} rows are kept: {refused[0].Why}"));
            foreach (var (id, why) in refused)
            {
                ids.Remove(id);
                _refused[(id, path.Name)] = why;
            }
        }
    }

    /// <returns>The values that were refused; null where all were taken.</returns>
    async Task<IReadOnlyList<(int Id, string Why)>?> TryAsync(LawPath path, IReadOnlyList<int> ids)
    {
        try
        {
            await path.RunAsync(database.Engine, table, type, ids);
            return null;
        }
        catch (BulkRowException row) when (row.RowNumber is > 0 and var number && number <= ids.Count)
        {
            return [(ids[(int)number - 1], row.Message)];
        }
        catch (BulkPlanException plan)
        {
            return [.. ids.Select(i => (i, plan.Message))];
        }
        catch (Exception raw) when (raw is not BulkException || ids.Count == 1)
        {
            if (raw is not BulkException)
                Fault(ids[0], path.Name, $"a raw {raw.GetType().Name}: {raw.Message}");
            return [.. ids.Select(i => (i, raw.Message))];
        }
        catch (BulkException)
        {
            // One of them: each by itself says which.
            var refused = new List<(int, string)>();
            foreach (var id in ids)
            {
                await ClearAsync(path.Updates);
                if (await TryAsync(path, [id]) is { } one)
                    refused.AddRange(one);
            }
            await ClearAsync(path.Updates);
            if (refused.Count == 0)
                Fault(ids[0], path.Name, "refused together and taken one by one");
            return refused.Count > 0 ? refused : [.. ids.Select(i => (i, "refused together"))];
        }
    }

    async Task ClearAsync(bool rows)
    {
        await database.ExecuteAsync($"DELETE FROM {table.Name}"
            + (rows ? $"; INSERT INTO {table.Name} (id) VALUES {string.Join(", ", Enumerable.Range(0, type.Values.Count).Select(i => $"({i.ToString(CultureInfo.InvariantCulture)})"))}" : ""));
    }

    Task<long> KeptAsync() => database.ScalarAsync<long>($"SELECT count(*) FROM {table.Name} WHERE v IS NOT NULL");

    async Task LookAsync(LawPath path, IReadOnlyList<int> ids)
    {
        var stored = (await database.QueryAsync($"SELECT id, {column.Read} FROM {table.Name}")).ToDictionary(r => Convert.ToInt32(r[0], CultureInfo.InvariantCulture), r => r[1]);
        foreach (var id in ids)
        {
            var value = type.Values[id];
            _kept.Add((id, path.Name));
            var expected = Meaning.Of(value, column.Family);
            var found = stored.TryGetValue(id, out var there) ? Meaning.Stored(there, column, value) : "no row";
            if (expected != found)
                Fault(id, path.Name, expected is null ? $"taken as {found}, and it is none" : $"stored as {found}, and it is {expected}", found);
        }
    }

    // What a type writes it reads.
    async Task ReadAsync()
    {
        foreach (var id in _kept.Select(k => k.Value).Distinct())
        {
            try
            {
                var expected = Meaning.Of(type.Values[id], column.Family);
                var found = Meaning.Of(await type.ReadAsync(database.Engine, table, id), column.Family);
                if (expected != found)
                    Fault(id, "reading", $"read as {found}, and it is {expected}", found);
            }
            catch (Exception raw) when (raw is not Xunit.Sdk.XunitException)
            {
                Fault(id, "reading", $"{raw.GetType().Name}: {raw.Message}");
            }
        }
    }

    // What is returned is what is read.
    async Task ReturnAsync(bool isUpsert)
    {
        var ids = _kept.Select(k => k.Value).Distinct().ToList();
        faults.Cells += ids.Count;
        if (ids.Count == 0 || await ReturnAsync(ids, isUpsert) is null)
            return;
        // One of them: each by itself says which.
        foreach (var id in ids)
        {
            if (await ReturnAsync([id], isUpsert) is { } failure)
                Fault(id, ReturnPath(isUpsert), failure);
        }
    }

    async Task<string?> ReturnAsync(IReadOnlyList<int> ids, bool isUpsert)
    {
        await ClearAsync(rows: isUpsert);
        try
        {
            var returned = await type.ReturnedAsync(database.Engine, table, ids, isUpsert);
            foreach (var id in ids)
            {
                var expected = Meaning.Of(type.Values[id], column.Family);
                var found = returned.Any(r => r.Id == id) ? Meaning.Of(returned.First(r => r.Id == id).Value, column.Family) : "no row";
                if (expected != found)
                    Fault(id, ReturnPath(isUpsert), $"returned as {found}, and it is {expected}", found);
            }
            return null;
        }
        catch (Exception raw) when (raw is not Xunit.Sdk.XunitException)
        {
            return $"{raw.GetType().Name}: {raw.Message}";
        }
    }

    static string ReturnPath(bool isUpsert) => isUpsert ? "reading what an upsert returns" : "reading what an insert returns";

    void Agree()
    {
        for (var id = 0; id < type.Values.Count; id++)
        {
            var refusals = _refused.Where(r => r.Key.Value == id).ToList();
            var taken = _kept.Where(k => k.Value == id).Select(k => k.Path).ToList();
            if (refusals.Count > 0 && taken.Count > 0)
                Fault(id, string.Join(" and ", refusals.Select(r => r.Key.Path)), $"refused, and taken by {string.Join(" and ", taken.Take(2))}: {refusals[0].Value}");
        }
    }

    void Fault(int id, string path, string what, string? stored = null) =>
        faults.Add(new LawFault(type.Name, type.Values[id], column, path, what) { Stored = stored, Printed = type.Print(id) });
}
