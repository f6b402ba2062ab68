using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Sluice.Rows;

namespace Sluice.Sqlite.Tests.Values;

[Table("callers")]
public sealed partial record Caller([property: Key] string Name, int N);

/// <summary>Rows whose keys only the database takes for one are duplicates of each other.</summary>
public sealed class SameKeyTests(TestSqlite database) : IClassFixture<TestSqlite>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    Engine Engine => database.Engine;

    static BulkOptions With(Duplicates duplicates) => new() { Duplicates = duplicates };

    [Theory]
    [InlineData("NOCASE", "Bob", "BOB")]
    [InlineData("RTRIM", "Bob", "Bob ")]
    public async Task Texts_that_a_collation_takes_for_one_obey_the_policy(string collation, string first, string second)
    {
        Caller[] rows = [new(first, 1), new("other", 2), new(second, 3)];
        foreach (var key in new[] { $"name TEXT COLLATE {collation} PRIMARY KEY, n INTEGER", $"name TEXT, n INTEGER, PRIMARY KEY (name COLLATE {collation})", $"name TEXT COLLATE {collation} PRIMARY KEY, n INTEGER) WITHOUT ROWID --" })
        {
            async Task<string> SendAsync(Duplicates policy, bool many)
            {
                await database.ExecuteAsync($"DROP TABLE IF EXISTS callers; CREATE TABLE callers ({key}\n)".Replace(" --\n)", "", StringComparison.Ordinal));
                var all = many ? [.. rows, .. Enumerable.Range(0, 4_000).Select(i => new Caller($"x{i}", i))] : rows;
                var result = await Engine.UpsertAsync(all, options: With(policy), cancellationToken: Stop);
                Assert.Equal((all.Length - 1, 1), (result.Inserted, result.Skipped));
                return await database.RunSqlite3Async("SELECT '[' || name || ']', n FROM callers WHERE name LIKE 'bob%'");
            }
            var refused = await Assert.ThrowsAsync<BulkRowException>(() => SendAsync(Duplicates.Error, many: false));
            Assert.Equal(("SLU0205", (long?)3), (refused.Code, refused.RowNumber));
            Assert.Equal(0, await database.CountAsync("callers"));
            foreach (var many in new[] { false, true })
            {
                Assert.Equal($"[{first}]|1\n", await SendAsync(Duplicates.KeepFirst, many));
                Assert.Equal($"[{second}]|3\n", await SendAsync(Duplicates.KeepLast, many));
            }
        }
    }

    [Fact]
    public async Task Letters_beyond_the_alphabet_are_told_apart_as_the_collation_does()
    {
        await database.ExecuteAsync("DROP TABLE IF EXISTS callers; CREATE TABLE callers (name TEXT COLLATE NOCASE PRIMARY KEY, n INTEGER)");
        Assert.Equal(2, (await Engine.UpsertAsync([new Caller("Ärger", 1), new Caller("ärger", 2)], cancellationToken: Stop)).Inserted);
        Assert.Equal(2, await database.CountAsync("callers"));
    }

    [Theory]
    [InlineData("INTEGER PRIMARY KEY")]
    [InlineData("INTEGER UNIQUE NOT NULL")]
    [InlineData("NUMERIC PRIMARY KEY")]
    [InlineData("REAL PRIMARY KEY")]
    [InlineData("STRING PRIMARY KEY")]
    public async Task Numbers_of_any_type_are_one_where_the_column_makes_them_one(string declared)
    {
        var values = declared.StartsWith("STRING", StringComparison.Ordinal) ? new object[] { 1L, "1" } : [1L, 1.0, 1m];
        foreach (var (policy, kept) in new[] { (Duplicates.KeepFirst, 0), (Duplicates.KeepLast, values.Length - 1) })
        {
            await database.ExecuteAsync($"DROP TABLE IF EXISTS counts; CREATE TABLE counts (k {declared}, n INTEGER)");
            var table = await Engine.ReadTableAsync("counts", Stop);
            var rows = values.Append(2L).Select((value, i) => new Dictionary<string, object?> { ["k"] = value, ["n"] = i });
            var result = await Engine.UpsertAsync(RowSource.From(rows), on: on => on.Columns(table.Columns[0]), table: table,
                options: With(policy), cancellationToken: Stop);
            Assert.Equal((2, values.Length - 1), (result.Inserted, result.Skipped));
            Assert.Equal($"1|{kept}\n2|{values.Length}\n", await database.RunSqlite3Async("SELECT CAST(k AS INTEGER), n FROM counts ORDER BY k"));
        }
    }
}
