using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.Data.Sqlite;
using static Sluice.Sql;

namespace Sluice.Sqlite.Tests.Engines;

/// <summary>Databases in memory, attached files and temporary tables.</summary>
public sealed class PlaceTests(TestSqlite database) : IClassFixture<TestSqlite>
{
    [Table("placed")]
    sealed record Placed([property: Key] int Id, string? Name);

    static readonly Placed[] s_rows = [new(1, "one"), new(2, "two")];

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_database_in_memory_is_one_for_all_of_an_engine()
    {
        await using var engine = SqliteEngine.Create(":memory:", new() { BusyTimeout = TimeSpan.FromMilliseconds(100) });
        await engine.CreateTableAsync(Sluice.Table.For<Placed>(), Stop);
        await using (var transaction = await engine.BeginAsync(cancellationToken: Stop))
        {
            Assert.Equal(2, (await transaction.InsertAsync(s_rows, cancellationToken: Stop)).Inserted);
            // SQLite lets nobody read a database in memory beside who writes it.
            Assert.Equal("SLU0304", (await Assert.ThrowsAnyAsync<BulkException>(() => engine.ScalarAsync<long>(Text($"SELECT count(*) FROM placed"), Stop))).Code);
            await transaction.CommitAsync(Stop);
        }
        Assert.Equal(2, await engine.ScalarAsync<long>(Text($"SELECT count(*) FROM placed"), Stop));
        for (var i = 3; i < 8; i++)
            Assert.Equal(1, (await engine.UpsertAsync([new Placed(i, "more")], cancellationToken: Stop)).Inserted);
        await foreach (var row in engine.StreamAsync<Placed>(Text($"SELECT * FROM placed ORDER BY id"), new() { YieldPer = 1 }, Stop))
            Assert.Equal(1, await engine.ScalarAsync<long>(Text($"SELECT count(*) FROM placed WHERE id = {row.Id}"), Stop));
        Assert.Equal(7, await engine.ScalarAsync<long>(Text($"SELECT count(*) FROM placed"), Stop));
        await using var other = SqliteEngine.Create(":memory:");
        Assert.Equal(0, await other.ScalarAsync<long>(Text($"SELECT count(*) FROM sqlite_schema"), Stop));
        Assert.False(File.Exists(":memory:"));
    }

    [Theory]
    [InlineData("CREATE TEMP TABLE placed (id INTEGER PRIMARY KEY, name TEXT)", "temp")]
    [InlineData("ATTACH ':memory:' AS beside; CREATE TABLE beside.placed (id INTEGER PRIMARY KEY, name TEXT)", "beside")]
    [InlineData("CREATE TABLE main.placed (id TEXT PRIMARY KEY, name INTEGER); CREATE TEMP TABLE placed (id INTEGER PRIMARY KEY, name TEXT)", "temp")]
    [InlineData("CREATE TABLE main.placed (id INTEGER PRIMARY KEY, name TEXT); ATTACH ':memory:' AS beside; CREATE TABLE beside.placed (id TEXT PRIMARY KEY, name INTEGER)", "main")]
    public async Task A_table_is_found_where_a_statement_finds_it(string arranged, string place)
    {
        await database.ExecuteAsync("DROP TABLE IF EXISTS placed");
        await using var connection = new SqliteConnection($"Data Source={database.FilePath};Pooling=False");
        await connection.OpenAsync(Stop);
        await using var command = connection.CreateCommand();
        command.CommandText = arranged;
        await command.ExecuteNonQueryAsync(Stop);
        var attached = SqliteEngine.Attach(connection);
        Assert.Equal(2, (await attached.InsertAsync(s_rows, cancellationToken: Stop)).Inserted);
        for (var i = 0; i < 3; i++)
            Assert.Equal((1, 1), Counts(await attached.UpsertAsync([new Placed(2, "two again"), new Placed(3 + i, "new")], cancellationToken: Stop)));
        Assert.Equal(1, (await attached.DeleteAsync([s_rows[0]], cancellationToken: Stop)).Deleted);
        command.CommandText = $"SELECT group_concat(id || name) FROM (SELECT * FROM {place}.placed ORDER BY id)";
        Assert.Equal("2two again,3new,4new,5new", await command.ExecuteScalarAsync(Stop));
    }

    static (long Inserted, long Updated) Counts(BulkResult result) => (result.Inserted, result.Updated);
}
