using static Sluice.Sql;

namespace Sluice.Sqlite.Tests.Reading;

/// <summary>Lists side by side are joined by an index, so that twice as many keys take twice as long.</summary>
public sealed class UnnestPlanTests(TestSqlite database) : IClassFixture<TestSqlite>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keys_of_two_columns_are_joined_by_an_index()
    {
        var keys = Unnest("keys", SqlArray.Of("a", Enumerable.Range(0, 20_000)), SqlArray.Of("b", Enumerable.Range(0, 20_000).Select(i => $"b{i}")));
        var query = Select(keys["a"], keys["b"]).From(keys);
        Assert.Equal((20_000, 0L), (await database.Engine.QueryAsync<long>(Select(keys["a"]).From(keys), Stop) is var read ? (read.Count, read[0]) : default));

        await using var connection = await database.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + database.Engine.Render(query).Text;
        command.Parameters.AddWithValue("$1", "[]");
        command.Parameters.AddWithValue("$2", "[]");
        var plan = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(Stop);
        while (await reader.ReadAsync(Stop))
            plan.Add(reader.GetString(3));
        Assert.Contains(plan, line => line.StartsWith("SEARCH e1 USING AUTOMATIC", StringComparison.Ordinal));
    }
}
