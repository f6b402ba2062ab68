using System.Threading.Channels;
using Sluice.Specification.Databases;
using Sluice.Specification.Reading;
using static Sluice.Sql;

namespace Sluice.Specification.Changes;

/// <summary>Several things at once in a transaction, which has one connection: each gets its turn, and what fails takes nothing along unsaid.</summary>
public abstract class TransactionTurnsSpec(TestDatabase database) : DatabaseSpec(database), IAsyncLifetime
{
    static readonly DateTimeOffset s_at = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    static MadeTick.MadeTickTable T => MadeTick.Table;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static BulkOptions Chunks { get; } = new() { ChunkSize = ChunkSize.Fixed(10), Order = RowOrder.AsGiven };

    /// <summary>A transaction that the caller began through the driver.</summary>
    protected abstract Task<BegunTransaction> AttachAsync();

    public async ValueTask InitializeAsync()
    {
        await Database.ExecuteAsync("DROP TABLE IF EXISTS made_ticks");
        await Engine.CreateTableAsync(T, Stop);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    async Task<BegunTransaction> BegunAsync(bool attached) => attached ? await AttachAsync() : await BegunTransaction.OfAsync(Engine);

    static MadeTick Row(long id) => new(id, id / 4.0, s_at, null);

    static IEnumerable<MadeTick> Rows(int first, int count) => Enumerable.Range(first, count).Select(i => Row(i));

    async Task<string> IdsAsync() => string.Join(' ', (await Database.QueryAsync("SELECT id FROM made_ticks ORDER BY id")).Select(r => r[0]));

    static Task<T> InTimeAsync<T>(Task<T> work) => work.WaitAsync(TimeSpan.FromSeconds(30), Stop);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Statements_and_loads_that_are_begun_together_are_all_done(bool attached)
    {
        await using var begun = await BegunAsync(attached);
        await begun.Database.InsertAsync(Rows(1, 100), options: Chunks, cancellationToken: Stop);

        var statements = Enumerable.Range(1, 100).Select(i => begun.Database.ExecuteAsync(Update(T).Set(T.Score, T.Score + 1000).Where(T.Id == (long)i), Stop));
        var loads = Enumerable.Range(1, 8).Select(async i => (await begun.Database.InsertAsync(Rows(i * 1_000, 95), options: Chunks with { Commit = i % 2 == 0 ? CommitPolicy.Atomic : CommitPolicy.PerChunk }, cancellationToken: Stop)).Inserted);
        var upserts = Enumerable.Range(1, 8).Select(async i => (await begun.Database.UpsertAsync(Rows(i * 10_000, 95), options: Chunks, cancellationToken: Stop)).Inserted);
        var done = await InTimeAsync(Task.WhenAll([.. statements, .. loads, .. upserts]));
        await begun.CommitAsync();

        Assert.Equal([.. Enumerable.Repeat(1L, 100), .. Enumerable.Repeat(95L, 16)], done);
        Assert.Equal(100, await Database.ScalarAsync<long>("SELECT count(*) FROM made_ticks WHERE id <= 100 AND score = id / 4.0 + 1000"));
        Assert.Equal(16 * 95, await Database.ScalarAsync<long>("SELECT count(*) FROM made_ticks WHERE id >= 1000 AND score = id / 4.0"));
    }

    // A load whose rows come when they are written to the channel, ten to a chunk.
    static (Task<BulkResult> Load, ChannelWriter<MadeTick> Rows) Begin(Database database)
    {
        var rows = Channel.CreateUnbounded<MadeTick>();
        return (Task.Run(() => database.InsertAsync(rows.Reader, options: Chunks, cancellationToken: Stop), Stop), rows.Writer);
    }

    // Two chunks in, of which the first is written when the second one has been taken.
    static async Task WriteAsync(Database database, ChannelWriter<MadeTick> rows, int first)
    {
        foreach (var row in Rows(first, 20))
            await rows.WriteAsync(row, Stop);
        for (var i = 0; await database.ScalarAsync<long>(Select(Count()).From(T).Where(T.Id == (long)first + 19), Stop) == 0; i++)
        {
            Assert.InRange(i, 0, 2_000);
            await Task.Delay(5, Stop);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Loads_may_end_in_any_order(bool attached)
    {
        await using var begun = await BegunAsync(attached);
        var (first, firstRows) = Begin(begun.Database);
        await WriteAsync(begun.Database, firstRows, 100);
        var (second, secondRows) = Begin(begun.Database);
        await WriteAsync(begun.Database, secondRows, 200);
        await WriteAsync(begun.Database, firstRows, 120);
        firstRows.Complete();
        Assert.Equal(40, (await InTimeAsync(first)).Inserted);
        await begun.Database.InsertAsync([Row(1)], cancellationToken: Stop);
        await WriteAsync(begun.Database, secondRows, 220);
        secondRows.Complete();
        Assert.Equal(40, (await InTimeAsync(second)).Inserted);
        await begun.CommitAsync();

        Assert.Equal(string.Join(' ', new[] { 1 }.Concat(Enumerable.Range(100, 40)).Concat(Enumerable.Range(200, 40))), await IdsAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_load_that_fails_beside_one_that_writes_no_more_is_undone_alone(bool attached)
    {
        await using var begun = await BegunAsync(attached);
        var (first, firstRows) = Begin(begun.Database);
        await WriteAsync(begun.Database, firstRows, 100);
        var (second, secondRows) = Begin(begun.Database);
        await WriteAsync(begun.Database, secondRows, 200);
        await FailAsync(second, secondRows);
        await WriteAsync(begun.Database, firstRows, 120);
        firstRows.Complete();
        Assert.Equal(40, (await InTimeAsync(first)).Inserted);
        await begun.CommitAsync();

        Assert.Equal(string.Join(' ', Enumerable.Range(100, 40)), await IdsAsync());
    }

    static async Task FailAsync(Task<BulkResult> load, ChannelWriter<MadeTick> rows)
    {
        rows.Complete(new InvalidTimeZoneException("The source has failed."));
        Assert.Contains("The source has failed.", (await Record.ExceptionAsync(() => InTimeAsync(load)))!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_load_that_fails_takes_one_along_that_wrote_beside_it_and_that_one_says_so(bool attached)
    {
        await using var begun = await BegunAsync(attached);
        await begun.Database.InsertAsync([Row(1)], cancellationToken: Stop);
        var (first, firstRows) = Begin(begun.Database);
        await WriteAsync(begun.Database, firstRows, 100);
        var (second, secondRows) = Begin(begun.Database);
        await WriteAsync(begun.Database, secondRows, 200);
        await WriteAsync(begun.Database, firstRows, 120);
        await FailAsync(second, secondRows);
        firstRows.Complete();
        Assert.Equal("SLU0707", (await Assert.ThrowsAsync<BulkException>(() => InTimeAsync(first))).Code);
        await begun.Database.InsertAsync([Row(2)], cancellationToken: Stop);
        await begun.CommitAsync();

        Assert.Equal("1 2", await IdsAsync());
    }

    [Fact]
    public async Task What_had_ended_well_and_was_undone_is_told_when_the_transaction_is_committed()
    {
        await using var transaction = await Engine.BeginAsync(cancellationToken: Stop);
        var (first, firstRows) = Begin(transaction);
        await WriteAsync(transaction, firstRows, 100);
        var (second, secondRows) = Begin(transaction);
        await WriteAsync(transaction, secondRows, 200);
        await WriteAsync(transaction, firstRows, 120);
        firstRows.Complete();
        await InTimeAsync(first);
        await FailAsync(second, secondRows);
        await transaction.InsertAsync([Row(3)], cancellationToken: Stop);
        Assert.Equal("SLU0718", (await Assert.ThrowsAsync<BulkPlanException>(() => transaction.CommitAsync(Stop))).Code);
        Assert.Equal("", await IdsAsync());
        await transaction.CommitAsync(Stop);

        Assert.Equal("3", await IdsAsync());
    }

    [Fact]
    public async Task A_statement_that_was_undone_with_a_load_is_told_when_the_transaction_is_committed()
    {
        await using var transaction = await Engine.BeginAsync(cancellationToken: Stop);
        var (load, rows) = Begin(transaction);
        await WriteAsync(transaction, rows, 100);
        await transaction.ExecuteAsync(InsertInto(T).Columns(T.Id, T.Score, T.At).Values(1L, 2.0, s_at), Stop);
        await FailAsync(load, rows);
        Assert.Equal("SLU0718", (await Assert.ThrowsAsync<BulkPlanException>(() => transaction.CommitAsync(Stop))).Code);
        await transaction.CommitAsync(Stop);

        Assert.Equal("", await IdsAsync());
    }

    [Fact]
    public async Task Half_of_a_load_is_not_committed()
    {
        await using var transaction = await Engine.BeginAsync(cancellationToken: Stop);
        var (load, rows) = Begin(transaction);
        await WriteAsync(transaction, rows, 100);
        Assert.Equal("SLU0708", (await Assert.ThrowsAsync<BulkPlanException>(() => transaction.CommitAsync(Stop))).Code);
        rows.Complete();
        await InTimeAsync(load);
        await transaction.CommitAsync(Stop);

        Assert.Equal(string.Join(' ', Enumerable.Range(100, 20)), await IdsAsync());
    }

    [Fact]
    public async Task A_load_that_is_under_way_when_the_transaction_is_rolled_back_ends_with_it()
    {
        await using var transaction = await Engine.BeginAsync(cancellationToken: Stop);
        var (load, rows) = Begin(transaction);
        await WriteAsync(transaction, rows, 100);
        await transaction.RollbackAsync(Stop);
        rows.Complete();
        await Assert.ThrowsAsync<InvalidOperationException>(() => InTimeAsync(load));

        Assert.Equal("", await IdsAsync());
        Assert.Equal(1, (await Engine.InsertAsync([Row(1)], cancellationToken: Stop)).Inserted);
    }

    [Fact]
    public async Task Savepoints_may_be_set_and_given_up_while_a_load_is_under_way()
    {
        await using var transaction = await Engine.BeginAsync(cancellationToken: Stop);
        await using var before = await transaction.SavepointAsync(Stop);
        var (load, rows) = Begin(transaction);
        await WriteAsync(transaction, rows, 100);
        await using var within = await transaction.SavepointAsync(Stop);
        await transaction.InsertAsync([Row(1)], cancellationToken: Stop);
        await within.RollbackAsync(Stop);
        await using var kept = await transaction.SavepointAsync(Stop);
        await transaction.InsertAsync([Row(2)], cancellationToken: Stop);
        await WriteAsync(transaction, rows, 120);
        rows.Complete();
        Assert.Equal(40, (await InTimeAsync(load)).Inserted);
        await kept.ReleaseAsync(Stop);
        await before.ReleaseAsync(Stop);
        await transaction.CommitAsync(Stop);

        Assert.Equal(string.Join(' ', new[] { 2 }.Concat(Enumerable.Range(100, 40))), await IdsAsync());
    }

    [Fact]
    public async Task A_load_whose_savepoint_was_given_up_with_an_earlier_one_says_so()
    {
        await using var transaction = await Engine.BeginAsync(cancellationToken: Stop);
        await transaction.InsertAsync([Row(1)], cancellationToken: Stop);
        await using var before = await transaction.SavepointAsync(Stop);
        var (load, rows) = Begin(transaction);
        await WriteAsync(transaction, rows, 100);
        await before.RollbackAsync(Stop);
        rows.Complete();
        Assert.Equal("SLU0707", (await Assert.ThrowsAsync<BulkException>(() => InTimeAsync(load))).Code);
        await transaction.CommitAsync(Stop);

        Assert.Equal("1", await IdsAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_token_that_fires_after_its_load_or_in_it_does_not_stop_the_next_one(bool attached)
    {
        await using var begun = await BegunAsync(attached);
        using var source = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => InTimeAsync(begun.Database.InsertAsync(Cancelling(), options: Chunks, cancellationToken: source.Token)));
        // Longer than a COPY is given to end in good order.
        await Task.Delay(2_500, Stop);
        using var later = new CancellationTokenSource();
        Assert.Equal(50, (await begun.Database.InsertAsync(Rows(100, 50), options: Chunks, cancellationToken: later.Token)).Inserted);
        Assert.Equal(50, (await begun.Database.InsertAsync(Rows(200, 50), options: Chunks, cancellationToken: Stop)).Inserted);
        await begun.CommitAsync();
        await begun.DisposeAsync();
        await later.CancelAsync();

        Assert.Equal(string.Join(' ', Enumerable.Range(100, 50).Concat(Enumerable.Range(200, 50))), await IdsAsync());

        IEnumerable<MadeTick> Cancelling()
        {
            foreach (var row in Rows(1, 30))
                yield return row;
            source.Cancel();
            foreach (var row in Rows(31, 30))
                yield return row;
        }
    }
}
