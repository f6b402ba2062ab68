using System.Diagnostics;
using Microsoft.Data.Sqlite;
using static Sluice.Sql;

namespace Sluice.Sqlite.Tests.Engines;

public sealed class SqliteEngineTests : IDisposable
{
    readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("sluice-engine").FullName, "e.db");

    static CancellationToken Token => TestContext.Current.CancellationToken;

    // Counts to a hundred million, which takes seconds.
    static readonly SqlStatement s_slow = Text($"WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 100000000) SELECT max(n) FROM c");

    sealed record Item(long Id, string Name);

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    [Fact]
    public async Task A_statement_that_runs_too_long_is_stopped_and_the_connection_goes_on()
    {
        await using var engine = SqliteEngine.Create(_path, new() { StatementTimeout = TimeSpan.FromMilliseconds(100) });
        var clock = Stopwatch.StartNew();
        var slow = await Assert.ThrowsAsync<StatementException>(() => engine.ScalarAsync<long>(s_slow, Token));
        Assert.Equal(("57014", "SLU0312"), (slow.SqlState, slow.Code));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5));
        Assert.Equal(1, await engine.ScalarAsync<long>(Text($"SELECT 1"), Token));
    }

    [Fact]
    public async Task A_cancelled_statement_is_interrupted()
    {
        await using var engine = SqliteEngine.Create(_path);
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var running = engine.ScalarAsync<long>(s_slow, source.Token);
        await Task.Delay(100, Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(1, await engine.ScalarAsync<long>(Text($"SELECT 1"), Token));
    }

    [Fact]
    public async Task A_file_that_is_held_while_a_statement_is_prepared_is_waited_for()
    {
        await using var other = new SqliteConnection($"Data Source={_path};Pooling=False");
        await other.OpenAsync(Token);
        await ExecuteAsync(other, "PRAGMA journal_mode = DELETE; CREATE TABLE t (id INTEGER PRIMARY KEY); INSERT INTO t VALUES (1), (2)");
        await using var engine = SqliteEngine.Create(_path);
        // The connection is there, and has not read the schema yet.
        await using (await engine.OpenSessionAsync(Token))
        {
        }

        await ExecuteAsync(other, "BEGIN EXCLUSIVE");
        var counting = Task.Run(async () =>
        {
            await foreach (var row in engine.StreamAsync<long>(Text($"SELECT count(*) AS n FROM t"), cancellationToken: Token))
                return row;
            return -1;
        }, Token);
        await Task.Delay(200, Token);
        Assert.False(counting.IsCompleted);
        await ExecuteAsync(other, "COMMIT");
        Assert.Equal(2, await counting);
    }

    static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = new SqliteCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Token);
    }

    [Fact]
    public async Task Another_writers_lock_is_waited_for_and_then_reported()
    {
        await using var engine = SqliteEngine.Create(_path, new() { BusyTimeout = TimeSpan.FromMilliseconds(300) });
        await engine.ExecuteAsync(Text($"CREATE TABLE t (id INTEGER PRIMARY KEY)"), Token);
        await using var raw = new SqliteConnection($"Data Source={_path};Pooling=false");
        await raw.OpenAsync(Token);
        await using (var blocking = raw.BeginTransaction())
        {
            var locked = await Assert.ThrowsAsync<StatementException>(() => engine.ExecuteAsync(Text($"INSERT INTO t VALUES (1)"), Token));
            Assert.Equal(("55P03", "SLU0304"), (locked.SqlState, locked.Code));
            var waiting = engine.ExecuteAsync(Text($"INSERT INTO t VALUES (2)"), Token);
            await Task.Delay(50, Token);
            await blocking.CommitAsync(Token);
            Assert.Equal(1, await waiting);
        }
        Assert.Equal(2, await engine.ScalarAsync<long>(Text($"SELECT max(id) FROM t"), Token));
    }

    [Fact]
    public async Task Settings_reach_the_connection()
    {
        await using var engine = SqliteEngine.Create(_path, new() { Synchronous = SqliteSynchronous.Normal, JournalMode = SqliteJournalMode.Delete });
        Assert.Equal(1, await engine.ScalarAsync<long>(Text($"PRAGMA synchronous"), Token));
        Assert.Equal("delete", await engine.ScalarAsync<string>(Text($"PRAGMA journal_mode"), Token));
    }

    [Fact]
    public async Task A_kept_statement_sees_a_changed_table_and_no_old_values()
    {
        await using var engine = SqliteEngine.Create(_path, new() { PreparedStatements = 2 });
        await engine.ExecuteAsync(Text($"CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT)"), Token);
        for (var i = 1; i <= 5; i++)
        {
            await engine.ExecuteAsync(Text($"INSERT INTO t VALUES ({i}, {"v" + i})"), Token);
            Assert.Equal("v" + i, await engine.ScalarAsync<string>(Text($"SELECT a FROM t WHERE id = {i}"), Token));
            Assert.Equal(i, await engine.ScalarAsync<long>(Text($"SELECT count(*) FROM t"), Token));
        }
        var all = Text($"SELECT * FROM t ORDER BY id LIMIT 1");
        Assert.Equal(["id", "a"], (await engine.QueryAsync<Dictionary<string, object?>>(all, Token)).Single().Keys);
        await engine.ExecuteAsync(Text($"ALTER TABLE t ADD COLUMN b TEXT"), Token);
        Assert.Equal(["id", "a", "b"], (await engine.QueryAsync<Dictionary<string, object?>>(all, Token)).Single().Keys);
    }

    [Fact]
    public async Task What_is_done_in_a_callers_transaction_is_the_callers_to_commit()
    {
        await using var connection = new SqliteConnection($"Data Source={_path};Pooling=false");
        await connection.OpenAsync(Token);
        await using (var create = connection.CreateCommand())
        {
            create.CommandText = "CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT NOT NULL)";
            await create.ExecuteNonQueryAsync(Token);
        }
        var alone = SqliteEngine.Attach(connection);
        await alone.InsertAsync(new[] { new Item(9, "alone") }, cancellationToken: Token);
        await using (var transaction = connection.BeginTransaction())
        {
            var attached = SqliteEngine.Attach(connection, transaction);
            await attached.InsertAsync(new[] { new Item(1, "a"), new Item(2, "b") }, cancellationToken: Token);
            await Assert.ThrowsAsync<BulkRowException>(() => attached.InsertAsync(new[] { new Item(3, "c"), new Item(1, "again") }, cancellationToken: Token));
            Assert.Equal(1, await attached.ExecuteAsync(Text($"UPDATE item SET name = {"z"} WHERE id = {2}"), Token));
            await attached.DisposeAsync();
            await transaction.CommitAsync(Token);
        }
        Assert.Equal(System.Data.ConnectionState.Open, connection.State);
        await using var read = connection.CreateCommand();
        read.CommandText = "SELECT group_concat(id || '=' || name) FROM (SELECT * FROM item ORDER BY id)";
        Assert.Equal("1=a,2=z,9=alone", await read.ExecuteScalarAsync(Token));
    }
}
