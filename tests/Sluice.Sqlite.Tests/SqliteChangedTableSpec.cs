using Sluice.Specification.Changes;
using static Sluice.Sql;

namespace Sluice.Sqlite.Tests;

public sealed class SqliteChangedTableSpec(TestSqlite database) : ChangedTableSpec(database), IClassFixture<TestSqlite>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public Task A_trigger_that_ignores_rows() => IsNoticedAsync("CREATE TRIGGER swallow BEFORE INSERT ON changing BEGIN SELECT RAISE(IGNORE); END");

    [Fact]
    public Task A_strict_table() => IsNoticedAsync(
        "DROP TABLE changing; CREATE TABLE changing (id INTEGER PRIMARY KEY, code INTEGER NOT NULL UNIQUE, price INTEGER, seen TEXT) STRICT; INSERT INTO changing VALUES (10, 20, 1, ''), (11, 21, 2, '')");

    [Fact]
    public async Task A_temporary_trigger_that_ignores_rows()
    {
        await database.ExecuteAsync("DROP TABLE IF EXISTS changing;" + Original);
        await using var engine = database.CreateEngine();
        for (var i = 0; i < 3; i++)
            Assert.Equal(2, (await engine.UpsertAsync([new Item(i * 2, i * 2, 1, ""), new Item((i * 2) + 1, (i * 2) + 1, 1, "")], cancellationToken: Stop)).Inserted);
        await engine.ExecuteAsync(Text($"CREATE TEMP TRIGGER swallow BEFORE INSERT ON main.changing BEGIN SELECT RAISE(IGNORE); END"), Stop);
        var result = await engine.UpsertAsync([new Item(100, 100, 1, ""), new Item(101, 101, 1, "")], cancellationToken: Stop);
        Assert.Equal((0, 0, 2), (result.Inserted, result.Unchanged, result.Skipped));
        Assert.Equal("6", (await database.RunClientAsync("SELECT count(*) FROM changing")).Trim());
    }
}
