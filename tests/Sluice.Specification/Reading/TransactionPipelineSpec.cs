using System.Runtime.CompilerServices;
using Sluice.Rows;
using Sluice.Specification.Changes;
using Sluice.Specification.Databases;
using Sluice.Specification.Rows;
using static Sluice.Sql;

namespace Sluice.Specification.Reading;

/// <summary>A stream that feeds a load of the same transaction: both have one connection.</summary>
public abstract class TransactionPipelineSpec(TestDatabase database) : ReadingSpec(database)
{
    const int Degree = 2;
    const int BatchRows = 64;
    const int ChunkRows = 250;

    static Tick.TickTable T => Tick.Table;

    static BulkOptions Chunks(int rows = ChunkRows) => new() { ChunkSize = ChunkSize.Fixed(rows), Order = RowOrder.AsGiven };

    static StreamOptions Batches(StreamMode mode = StreamMode.Auto) => new() { YieldPer = 100, Mode = mode };

    /// <summary>A transaction that the caller began through the driver.</summary>
    protected abstract Task<BegunTransaction> AttachAsync();

    /// <summary>Whether rows that are read directly leave no turn to others.</summary>
    protected virtual bool DirectOccupies => true;

    async Task<BegunTransaction> BegunAsync(bool attached) => attached ? await AttachAsync() : await BegunTransaction.OfAsync(Engine);

    // What takes longer than this waits for itself.
    static Task<T> InTimeAsync<T>(Task<T> load) => load.WaitAsync(TimeSpan.FromSeconds(30), Stop);

    async Task PrepareAsync(bool filled)
    {
        await Database.ExecuteAsync("DROP TABLE IF EXISTS made_ticks");
        await Engine.CreateTableAsync(MadeTick.Table, Stop);
        if (filled)
            await Engine.InsertAsync(Ticks.Where(t => t.Id % 2 == 0).Select(t => MadeTick.Of(t) with { Score = -1 }), cancellationToken: Stop);
    }

    async Task AssertMadeAsync() => Assert.Equal(
        await Database.QueryAsync($"SELECT id, {MadeTick.Sql}, at, tag FROM ticks ORDER BY id"),
        await Database.QueryAsync("SELECT id, score, at, tag FROM made_ticks ORDER BY id"));

    static IAsyncEnumerable<MadeTick> Made(Database database, StreamMode mode = StreamMode.Auto) =>
        database.StreamAsync<Tick>(AllTicks, Batches(mode), Stop).TransformAsync(MadeTick.Of, Degree, BatchRows, Stop);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Its_rows_are_upserted(bool attached)
    {
        await PrepareAsync(filled: true);
        await using var begun = await BegunAsync(attached);

        var result = await InTimeAsync(begun.Database.UpsertAsync(Made(begun.Database), options: Chunks(), cancellationToken: Stop));
        await begun.CommitAsync();

        Assert.Equal((Count, Count / 2, Count / 2), (result.Loaded, result.Inserted, result.Updated));
        await AssertMadeAsync();
        await AssertNothingIsLeftAsync();
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task Its_rows_are_inserted(bool attached, bool isAtomic)
    {
        var commit = isAtomic ? CommitPolicy.Atomic : CommitPolicy.PerChunk;
        await PrepareAsync(filled: false);
        await using var begun = await BegunAsync(attached);

        var result = await InTimeAsync(begun.Database.InsertAsync(Made(begun.Database), options: Chunks() with { Commit = commit }, cancellationToken: Stop));
        Assert.Equal(0, await Database.CountAsync("made_ticks"));
        await begun.CommitAsync();

        Assert.Equal(Count, result.Inserted);
        await AssertMadeAsync();
        await AssertNothingIsLeftAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Many_of_its_rows_are_upserted_and_synced(bool attached)
    {
        const int many = 9_000;
        await PrepareAsync(filled: true);
        await using var begun = await BegunAsync(attached);
        var numbers = Text($"SELECT n FROM (WITH RECURSIVE c(n) AS (SELECT CAST(1 AS bigint) UNION ALL SELECT n + 1 FROM c WHERE n < {many}) SELECT n FROM c) s");

        await InTimeAsync(begun.Database.UpsertAsync(MadeOf(0), options: Chunks(3_500), cancellationToken: Stop));
        var synced = await InTimeAsync(begun.Database.SyncAsync(RowSource.From(MadeOf(many / 2)), MadeTick.Table.Id > 0L, options: Chunks(3_500), cancellationToken: Stop));
        await begun.CommitAsync();

        Assert.Equal(many / 2, synced.Removed);
        Assert.Equal($"{many / 2}|{many / 2 + 1}|{many}", (await Database.RunClientAsync("SELECT count(*), min(id), max(id) FROM made_ticks WHERE score > 0")).Trim());

        IAsyncEnumerable<MadeTick> MadeOf(int after) =>
            begun.Database.StreamAsync<long>(numbers, Batches(), Stop).Where(n => n > after).TransformAsync(n => MadeTick.Of(NewTick((int)n)), Degree, BatchRows, Stop);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Its_rows_update_others_and_what_makes_them_may_ask_the_transaction(bool attached)
    {
        await PrepareAsync(filled: true);
        await using var begun = await BegunAsync(attached);
        await begun.Database.ExecuteAsync(Update(T).Set(T.Device, T.Device + 100).Where(T.Id <= 500L), Stop);
        var made = begun.Database.StreamAsync<Tick>(AllTicks.Where(T.Id <= 500L), Batches(), Stop).TransformAsync(
            async (tick, stop) => MadeTick.Of(tick) with { Score = await begun.Database.ScalarAsync<double>(Text($"SELECT value * 2 + device FROM ticks WHERE id = {tick.Id}"), stop) },
            Degree, batchRows: 8, Stop);

        var result = await InTimeAsync(begun.Database.UpdateAsync(RowSource.From(made), options: Chunks(100), cancellationToken: Stop));
        await begun.CommitAsync();

        Assert.Equal((250, 250), (result.Updated, result.Skipped));
        Assert.Equal(
            await Database.QueryAsync($"SELECT id, {MadeTick.Sql} FROM ticks WHERE id <= 500 AND id % 2 = 0 ORDER BY id"),
            await Database.QueryAsync("SELECT id, score FROM made_ticks WHERE id <= 500 ORDER BY id"));
        Assert.Equal(100, await Database.ScalarAsync<long>("SELECT min(device) FROM ticks WHERE id <= 500"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Rows_that_one_load_returns_feed_another_one(bool attached)
    {
        await PrepareAsync(filled: false);
        await Database.ExecuteAsync("DROP TABLE IF EXISTS tickets");
        await Engine.CreateTableAsync(Ticket.Table, Stop);
        await using var begun = await BegunAsync(attached);
        var tickets = Enumerable.Range(0, 1_000).Select(i => new Ticket(0, $"s{i}", i));

        var result = await InTimeAsync(begun.Database.InsertAsync(OfTickets(), options: Chunks(), cancellationToken: Stop));
        await begun.CommitAsync();

        Assert.Equal(1_000, result.Inserted);
        Assert.Equal(
            await Database.QueryAsync("SELECT id, weight FROM tickets ORDER BY id"),
            await Database.QueryAsync("SELECT id, score FROM made_ticks ORDER BY id"));
        Assert.Equal(1_000, await Database.CountAsync("tickets"));

        async IAsyncEnumerable<MadeTick> OfTickets([EnumeratorCancellation] CancellationToken stop = default)
        {
            await foreach (var (ticket, id, _) in begun.Database.InsertReturningAsync(tickets, Ticket.Table.Id, options: Chunks(150), cancellationToken: stop))
                yield return new MadeTick(id, ticket.Weight!.Value, Ticks[0].At, null);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task While_its_rows_are_read_others_are_inserted_and_returned(bool attached)
    {
        await Database.ExecuteAsync("DROP TABLE IF EXISTS tickets");
        await Engine.CreateTableAsync(Ticket.Table, Stop);
        await using var begun = await BegunAsync(attached);
        var numbers = new List<(long Tick, long Ticket)>();

        await foreach (var batch in begun.Database.StreamAsync<Tick>(AllTicks, Batches(), Stop).Batches())
        {
            var tickets = batch.Select(t => new Ticket(0, t.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), null));
            await foreach (var (ticket, id, _) in begun.Database.InsertReturningAsync(tickets, Ticket.Table.Id, options: Chunks(30), cancellationToken: Stop))
                numbers.Add((long.Parse(ticket.Subject, System.Globalization.CultureInfo.InvariantCulture), id));
        }
        await begun.CommitAsync();

        Assert.Equal(Ticks.Select(t => t.Id), numbers.Select(n => n.Tick));
        Assert.Equal(
            numbers.Select(n => $"{n.Ticket}|{n.Tick}"),
            (await Database.QueryAsync("SELECT id, subject FROM tickets ORDER BY id")).Select(r => $"{r[0]}|{r[1]}"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_row_that_only_the_server_refuses_is_named_and_the_transaction_goes_on_without_the_load(bool attached)
    {
        await PrepareAsync(filled: false);
        await Database.ExecuteAsync("CREATE UNIQUE INDEX made_ticks_score ON made_ticks (score)");
        await using var begun = await BegunAsync(attached);
        await begun.Database.InsertAsync([MadeTick.Of(NewTick(3_000))], cancellationToken: Stop);
        // In the third chunk, and the seventh batch.
        var made = begun.Database.StreamAsync<Tick>(AllTicks, Batches(), Stop)
            .TransformAsync(t => MadeTick.Of(t) with { Score = t.Id == 613 ? 5 : t.Id }, Degree, BatchRows, Stop);

        var refused = await Assert.ThrowsAsync<BulkRowException>(() => InTimeAsync(begun.Database.InsertAsync(made, options: Chunks(), cancellationToken: Stop)));
        await begun.Database.InsertAsync([MadeTick.Of(NewTick(3_001))], cancellationToken: Stop);
        await begun.CommitAsync();

        Assert.Equal(613, refused.RowNumber);
        Assert.Equal("3000 3001", string.Join(' ', (await Database.QueryAsync("SELECT id FROM made_ticks ORDER BY id")).Select(r => r[0])));
        await AssertNothingIsLeftAsync();
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task A_stream_that_fails_is_told_and_undoes_the_load_alone(bool attached, bool creates)
    {
        await PrepareAsync(filled: false);
        if (creates)
            await Database.ExecuteAsync("DROP TABLE made_ticks");
        await using var begun = await BegunAsync(attached);
        await SetDeviceAsync(begun, 1, 77);
        var failing = begun.Database.StreamAsync<Tick>(
            Text($"SELECT id, device, abs(CASE WHEN id = 1907 THEN CAST(-9223372036854775807 AS bigint) - 1 ELSE id END) / 8.0 AS value, at, tag FROM ticks ORDER BY id"), Batches(), Stop);

        var failure = await Assert.ThrowsAsync<StatementException>(
            () =>
                InTimeAsync(begun.Database.InsertAsync(failing.TransformAsync(MadeTick.Of, Degree, BatchRows, Stop), options: Chunks() with { CreateTable = creates }, cancellationToken: Stop)));
        await SetDeviceAsync(begun, 2, 78);
        await begun.CommitAsync();

        Assert.Contains(failure.Code, new[] { "SLU0202", "SLU0305" });
        Assert.Equal("77 78", await DevicesAsync());
        if (creates)
            await Assert.ThrowsAsync<BulkPlanException>(() => Engine.ReadTableAsync("made_ticks", Stop));
        else
            Assert.Equal(0, await Database.CountAsync("made_ticks"));
        await AssertNothingIsLeftAsync();
    }

    static async Task SetDeviceAsync(BegunTransaction begun, long id, int device) =>
        Assert.Equal(1, await begun.Database.ExecuteAsync(Update(T).Set(T.Device, device).Where(T.Id == id), Stop));

    async Task<string> DevicesAsync() => string.Join(' ', (await Database.QueryAsync("SELECT device FROM ticks WHERE id < 3 ORDER BY id")).Select(r => r[0]));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_row_that_cannot_be_made_undoes_the_load_alone(bool attached)
    {
        await PrepareAsync(filled: true);
        await using var begun = await BegunAsync(attached);
        await SetDeviceAsync(begun, 1, 77);
        var made = begun.Database.StreamAsync<long>(Endless, Batches(), Stop).TransformAsync(
            id => id < 1_700 ? MadeTick.Of(NewTick((int)id)) : throw new InvalidTimeZoneException("No such row."), Degree, BatchRows, Stop);

        var failure = await Record.ExceptionAsync(() => InTimeAsync(begun.Database.UpsertAsync(made, options: Chunks(), cancellationToken: Stop)));
        await SetDeviceAsync(begun, 2, 78);
        await begun.CommitAsync();

        Assert.Contains("No such row.", failure!.ToString(), StringComparison.Ordinal);
        Assert.Equal("77 78", await DevicesAsync());
        Assert.Equal(Count / 2, await Database.ScalarAsync<long>("SELECT count(*) FROM made_ticks WHERE score = -1"));
        Assert.Equal(Count / 2, await Database.CountAsync("made_ticks"));
        await AssertNothingIsLeftAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_that_is_cancelled_undoes_the_load_alone(bool attached)
    {
        await PrepareAsync(filled: true);
        for (var after = 260; after < 2_000; after += 97)
        {
            await using var begun = await BegunAsync(attached);
            using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Stop);
            await SetDeviceAsync(begun, 1, after);
            var made = begun.Database.StreamAsync<long>(Endless, Batches(), Stop).TransformAsync(Made, Degree, BatchRows, Stop);

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => InTimeAsync(begun.Database.UpsertAsync(made, options: Chunks(), cancellationToken: cancellation.Token)));
            await SetDeviceAsync(begun, 2, after);
            await begun.CommitAsync();

            Assert.Equal($"{after} {after}", await DevicesAsync());
            Assert.Equal(Count / 2, await Database.ScalarAsync<long>("SELECT count(*) FROM made_ticks WHERE score = -1"));
            Assert.Equal(Count / 2, await Database.CountAsync("made_ticks"));

            MadeTick Made(long id)
            {
                if (id == after)
                    cancellation.Cancel();
                return MadeTick.Of(NewTick((int)id));
            }
        }
        await AssertNothingIsLeftAsync();
    }

    [Theory]
    [InlineData(false, StreamMode.Cursor)]
    [InlineData(false, StreamMode.Direct)]
    [InlineData(true, StreamMode.Cursor)]
    [InlineData(true, StreamMode.Direct)]
    public async Task One_that_fails_or_is_stopped_leaves_the_transaction_as_it_was(bool attached, StreamMode mode)
    {
        await using var begun = await BegunAsync(attached);
        await begun.Database.InsertAsync([NewTick(Count + 1)], cancellationToken: Stop);
        // A row that cannot be made, a value that cannot be computed, and a query that cannot be run.
        foreach (var failing in new[] { "SELECT CASE WHEN id < 150 THEN id END FROM ticks ORDER BY id", "SELECT 1000 / (150 - id) FROM ticks ORDER BY id", "SELECT nothing FROM ticks" })
            await Assert.ThrowsAnyAsync<Exception>(() => ToListAsync(begun.Database.StreamAsync<long>(Raw(failing), Batches(mode), Stop)));
        using var stop = new CancellationTokenSource(200);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ToListAsync(begun.Database.StreamAsync<long>(Silent, Batches(mode), stop.Token)));
        await begun.Database.InsertAsync([NewTick(Count + 2)], cancellationToken: Stop);
        await begun.CommitAsync();

        Assert.Equal(Count + 2, await Database.CountAsync("ticks"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_written_between_two_of_its_batches_is_kept_when_it_fails(bool attached)
    {
        await using var begun = await BegunAsync(attached);
        var failing = begun.Database.StreamAsync<long>(Raw("SELECT 1000 / (250 - id) FROM ticks ORDER BY id"), Batches(StreamMode.Cursor), Stop);
        var read = 0;
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await foreach (var row in failing)
            {
                if (++read % 100 == 50)
                    await begun.Database.InsertAsync([NewTick(Count + read)], cancellationToken: Stop);
            }
        });
        await begun.CommitAsync();

        Assert.Equal(200, read);
        Assert.Equal(Count + 2, await Database.CountAsync("ticks"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Left_early_it_lets_the_transaction_go_on(bool attached)
    {
        await PrepareAsync(filled: true);
        await using var begun = await BegunAsync(attached);

        var result = await InTimeAsync(begun.Database.UpsertAsync(
            begun.Database.StreamAsync<long>(Endless, Batches(), Stop).TransformAsync(id => MadeTick.Of(NewTick((int)id)), Degree, BatchRows, Stop).Take(Count), options: Chunks(), cancellationToken: Stop));
        await begun.CommitAsync();

        Assert.Equal(Count, result.Loaded);
        await AssertMadeAsync();
        await AssertNothingIsLeftAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Read_directly_it_leaves_no_turn_to_a_load_and_says_so(bool attached)
    {
        await PrepareAsync(filled: true);
        await using var begun = await BegunAsync(attached);
        if (DirectOccupies)
        {
            await SetDeviceAsync(begun, 1, 77);
            var refused = await Assert.ThrowsAsync<BulkPlanException>(() => InTimeAsync(begun.Database.UpsertAsync(Made(begun.Database, StreamMode.Direct), options: Chunks(), cancellationToken: Stop)));
            Assert.Equal("SLU0706", refused.Code);
            Assert.Equal(Count / 2, await begun.Database.ScalarAsync<long>(Select(Count()).From(MadeTick.Table).Where(MadeTick.Table.Score == -1), Stop));
            await foreach (var tick in begun.Database.StreamAsync<Tick>(AllTicks, Batches(StreamMode.Direct), Stop))
            {
                if (tick.Id < 101)
                    continue;
                Assert.Equal("SLU0706", (await Assert.ThrowsAsync<BulkPlanException>(() => SetDeviceAsync(begun, 2, 78))).Code);
                Assert.Equal("SLU0706", (await Assert.ThrowsAsync<BulkPlanException>(() => InTimeAsync(begun.Database.QueryAsync<Tick>(AllTicks, Stop)))).Code);
                break;
            }
            await SetDeviceAsync(begun, 2, 78);
        }

        // One that fits in a batch is over before the load begins.
        await InTimeAsync(begun.Database.UpsertAsync(
            begun.Database.StreamAsync<Tick>(AllTicks, Batches(StreamMode.Direct) with { YieldPer = Count + 1 }, Stop).TransformAsync(MadeTick.Of, Degree, BatchRows, Stop), options: Chunks(), cancellationToken: Stop));
        await begun.CommitAsync();

        await AssertMadeAsync();
        if (DirectOccupies)
            Assert.Equal("77 78", await DevicesAsync());
        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task A_table_that_a_load_created_goes_although_a_direct_stream_is_open()
    {
        await PrepareAsync(filled: false);
        await Database.ExecuteAsync("DROP TABLE made_ticks");
        await using var transaction = await Engine.BeginAsync(cancellationToken: Stop);
        var load = transaction.InsertAsync(Made(transaction, StreamMode.Direct), options: Chunks() with { CreateTable = true },
            cancellationToken: Stop);

        if (DirectOccupies)
            Assert.Equal("SLU0706", (await Assert.ThrowsAsync<BulkPlanException>(() => InTimeAsync(load))).Code);
        else
            await InTimeAsync(load);
        await transaction.CommitAsync(Stop);

        Assert.Equal(!DirectOccupies, (await Database.QueryAsync(ListTables)).Any(r => r[0] is "made_ticks"));
    }

    /// <summary>A query for the names of all tables.</summary>
    protected abstract string ListTables { get; }

    [Theory]
    [InlineData(StreamMode.Cursor)]
    [InlineData(StreamMode.Direct)]
    public async Task One_that_is_open_when_the_transaction_ends_ends_with_it(StreamMode mode)
    {
        foreach (var commits in new[] { true, false })
        {
            var transaction = await Engine.BeginAsync(cancellationToken: Stop);
            await transaction.ExecuteAsync(Update(T).Set(T.Device, 55).Where(T.Id == 1L), Stop);
            var rows = transaction.StreamAsync<Tick>(AllTicks, Batches(mode), Stop).GetAsyncEnumerator(Stop);
            Assert.True(await rows.MoveNextAsync());
            if (commits && mode is StreamMode.Direct && DirectOccupies)
                Assert.Equal("SLU0706", (await Assert.ThrowsAsync<BulkPlanException>(() => transaction.CommitAsync(Stop))).Code);
            else if (commits)
                await transaction.CommitAsync(Stop);
            await transaction.DisposeAsync();
            await AssertNothingIsLeftAsync();

            await Assert.ThrowsAsync<InvalidOperationException>(async () =>
            {
                while (await rows.MoveNextAsync())
                    Assert.InRange(rows.Current.Id, 1, 200);
            });
            await rows.DisposeAsync();
            Assert.Equal(commits && (mode is StreamMode.Cursor || !DirectOccupies), await Database.ScalarAsync<long>("SELECT device FROM ticks WHERE id = 1") == 55);
            await Database.ExecuteAsync("UPDATE ticks SET device = 1 WHERE id = 1");
        }
        await AssertNothingIsLeftAsync();
    }
}
