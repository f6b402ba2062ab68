using Sluice.Cli.Tests.Runs;
using Sluice.Files;
using Sluice.Reading;
using Sluice.Rows;
using Sluice.Specification;
using Sluice.Specification.Databases;
using Sluice.Sqlite;

namespace Sluice.Cli.Tests.Copies;

/// <summary>Copies that wait, fail or are stopped: the source gives no more than is asked for, and neither side keeps a transaction open.</summary>
public abstract class StoppedCopySpec(PostgresDatabase database) : DatabaseSpec(database), IDisposable
{
    const string Many = "SELECT i, repeat('x', 100) AS x FROM generate_series(1, 500000) AS g (i)";

    readonly Workplace _workplace = new();

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    string LitePath => Path.Combine(_workplace.Folder, "copy.db");

    async Task<string> TransactionsAsync() => (await Database.RunClientAsync(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL AND backend_type = 'client backend'")).Trim();

    /// <summary>A write-ahead log can be emptied only where nobody reads it.</summary>
    async Task AssertNobodyReadsAsync()
    {
        var checkpoint = await Sluice.Specification.Servers.Tool.RunAsync("sqlite3", [LitePath, "PRAGMA wal_checkpoint(TRUNCATE)"]);
        Assert.StartsWith("0|", checkpoint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_takes_its_time_is_waited_for()
    {
        var given = 0;
        var release = new TaskCompletionSource();
        var rows = RowSource.From(["i", "x"], Enumerable.Range(0, 1_000_000).Select(i => { given = i; return new object?[] { i, new string('x', 100) }; }));
        await using var slow = new SlowStream(release.Task);
        var writing = FileWriter.WriteAsync(rows, slow, "slow.csv", cancellationToken: Stop);
        await slow.Reached;
        await Task.Delay(200, Stop);
        Assert.InRange(given, 1, 2_000);
        release.SetResult();
        Assert.Equal(1_000_000, (await writing).Rows);
    }

    [Fact]
    public async Task A_table_that_takes_its_time_is_waited_for()
    {
        var given = 0;
        var name = Database.NewName("slow");
        await Database.ExecuteAsync($"CREATE TABLE {name} (i integer, x text)");
        var table = await Engine.ReadTableAsync(name, Stop);
        await using var other = await Engine.BeginAsync(cancellationToken: Stop);
        await other.ExecuteAsync(Sql.Raw($"LOCK TABLE {name} IN SHARE MODE"), Stop);
        var rows = RowSource.From(["i", "x"], Enumerable.Range(0, 500_000).Select(i => { given = i; return new object?[] { i, new string('x', 100) }; }));
        var writing = Engine.InsertAsync(rows, table,
            options: new BulkOptions { ChunkSize = ChunkSize.Fixed(1_000), Order = RowOrder.AsGiven }, cancellationToken: Stop);
        while (given == 0)
            await Task.Delay(10, Stop);
        await Task.Delay(300, Stop);
        Assert.InRange(given, 1, 5_000);
        await other.RollbackAsync(Stop);
        Assert.Equal(500_000, (await writing).Inserted);
    }

    [Fact]
    public async Task A_file_that_fails_leaves_no_transaction_open()
    {
        var rows = await Engine.OpenRowsAsync(Sql.Raw(Many), cancellationToken: Stop);
        await using var broken = new SlowStream(Task.FromException(new IOException("disk")));
        var e = await Assert.ThrowsAsync<FileSinkException>(() => FileWriter.WriteAsync(rows, broken, "broken.csv", cancellationToken: Stop));
        Assert.Equal("SLU0517", e.Code);
        Assert.Equal("0", await TransactionsAsync());
    }

    [Fact]
    public async Task A_copy_that_is_stopped_leaves_no_transaction_open_on_either_side()
    {
        await using var lite = SqliteEngine.Create(LitePath);
        await lite.ExecuteAsync(Sql.Raw("CREATE TABLE t (i integer, x text)"), Stop);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var options = new BulkOptions { Progress = new StopAfter(stop, 20_000) };
        var rows = await Engine.OpenRowsAsync(Sql.Raw(Many), cancellationToken: Stop);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await lite.InsertAsync(rows, await lite.ReadTableAsync("t", Stop), options: options, cancellationToken: stop.Token));
        Assert.Equal("0", await TransactionsAsync());
        await AssertNobodyReadsAsync();
        Assert.Equal(0, Assert.Single(await lite.QueryAsync<long>(Sql.Raw("SELECT count(*) FROM t"), Stop)));
    }

    [Fact]
    public async Task A_copy_whose_target_refuses_a_row_leaves_no_transaction_open_on_either_side()
    {
        await using var lite = SqliteEngine.Create(LitePath);
        await lite.ExecuteAsync(Sql.Raw("CREATE TABLE t AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000) SELECT i FROM n"), Stop);
        var name = Database.NewName("refuses");
        await Database.ExecuteAsync($"CREATE TABLE {name} (i integer CHECK (i <> 20000))");
        var rows = await lite.OpenRowsAsync(await lite.ReadTableAsync("t", Stop), cancellationToken: Stop);
        await Assert.ThrowsAsync<BulkRowException>(async () => await Engine.InsertAsync(rows, await Engine.ReadTableAsync(name, Stop), cancellationToken: Stop));
        Assert.Equal("0", await TransactionsAsync());
        await AssertNobodyReadsAsync();
        Assert.Equal("0", (await Database.RunClientAsync($"SELECT count(*) FROM {name}")).Trim());
    }

    [Fact]
    public async Task Rows_that_nobody_reads_to_their_end_leave_no_transaction_open()
    {
        await using (var rows = await Engine.OpenRowsAsync(Sql.Raw(Many), cancellationToken: Stop))
            Assert.NotEqual(0, await rows.ReadAsync(new DatabaseRow[10], Stop));
        Assert.Equal("0", await TransactionsAsync());
    }

    sealed class StopAfter(CancellationTokenSource stop, long rows) : IProgress<BulkProgress>
    {
        public void Report(BulkProgress value)
        {
            if (value.Sent >= rows)
                stop.Cancel();
        }
    }

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _workplace.Dispose();
    }
}

public sealed class Postgres15StoppedCopySpec(CliPostgres15 database) : StoppedCopySpec(database), IClassFixture<CliPostgres15>;

public sealed class Postgres18StoppedCopySpec(CliPostgres database) : StoppedCopySpec(database), IClassFixture<CliPostgres>;
