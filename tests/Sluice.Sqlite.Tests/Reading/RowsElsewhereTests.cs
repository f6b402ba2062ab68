using Microsoft.Data.Sqlite;
using Sluice.Reading;
using static Sluice.Sql;

namespace Sluice.Sqlite.Tests.Reading;

/// <summary>What only a SQLite database can hold, on its way to another place.</summary>
public sealed class RowsElsewhereTests(TestSqlite database) : IClassFixture<TestSqlite>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_text_that_is_not_utf_8_is_refused_and_its_bytes_are_not()
    {
        await database.ExecuteAsync("CREATE TABLE mangled (id INTEGER PRIMARY KEY, t TEXT)");
        await database.ExecuteAsync("INSERT INTO mangled VALUES (1, 'good'), (2, CAST(x'41ff' AS TEXT))");
        await database.ExecuteAsync("CREATE TABLE elsewhere (id INTEGER PRIMARY KEY, t)");

        await using var rows = await database.Engine.OpenRowsAsync(Text($"SELECT id, t FROM mangled"), cancellationToken: Stop);
        var refused = await Assert.ThrowsAsync<StatementException>(async () => await database.Engine.InsertAsync(rows, await database.Engine.ReadTableAsync("elsewhere", Stop), cancellationToken: Stop));
        Assert.Equal(("SLU0154", "22021", 0L), (refused.Code, refused.SqlState, await database.CountAsync("elsewhere")));

        await using var bytes = await database.Engine.OpenRowsAsync(Text($"SELECT id, CAST(t AS BLOB) AS t FROM mangled"), cancellationToken: Stop);
        await database.Engine.InsertAsync(bytes, await database.Engine.ReadTableAsync("elsewhere", Stop), cancellationToken: Stop);
        Assert.Equal("676F6F64 41FF", await database.ScalarAsync<string>("SELECT group_concat(hex(t), ' ') FROM elsewhere"));
    }

    [Theory]
    [InlineData("SELECT 1 AS a; SELECT 2 AS a", false)]
    [InlineData("SELECT 1 AS a;; ;DELETE FROM nowhere", false)]
    [InlineData("SELECT ';' AS a; -- the end", true)]
    [InlineData("SELECT 1 AS a ; /* SELECT 2 */ ;\n", true)]
    public async Task A_second_statement_is_not_left_out_silently(string query, bool isOne)
    {
        var failure = await Record.ExceptionAsync(async () => await (await database.Engine.OpenRowsAsync(Raw(query), cancellationToken: Stop)).DisposeAsync());
        Assert.Equal(isOne ? null : "SLU0155", (failure as BulkException)?.Code);
        Assert.Equal(isOne, failure is null);
    }

    [Fact]
    public async Task A_file_that_another_program_is_writing_is_waited_for()
    {
        var folder = Directory.CreateTempSubdirectory("sluice-locked");
        try
        {
            var path = Path.Combine(folder.FullName, "locked.db");
            await using var other = new SqliteConnection($"Data Source={path};Pooling=False");
            await other.OpenAsync(Stop);
            await ExecuteAsync(other, "CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (7); BEGIN EXCLUSIVE");

            await using (var hasty = SqliteEngine.Create(path, new SqliteEngineOptions { BusyTimeout = TimeSpan.FromMilliseconds(50) }))
                Assert.Equal("SLU0304", (await Assert.ThrowsAsync<BulkException>(() => hasty.ReadTableAsync("t", Stop))).Code);

            await using var patient = SqliteEngine.Create(path);
            var reading = Task.Run(async () => await patient.OpenRowsAsync(await patient.ReadTableAsync("t", Stop), cancellationToken: Stop), Stop);
            await Task.Delay(300, Stop);
            Assert.False(reading.IsCompleted);
            await ExecuteAsync(other, "COMMIT");
            await using var rows = await reading;
            var block = new DatabaseRow[2];
            Assert.Equal((1, (object)7L), (await rows.ReadAsync(block, Stop), block[0][0]!));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Stop);
    }
}
