using System.Runtime.CompilerServices;
using Sluice.Specification.Databases;
using Sluice.Specification.Rows;
using static Sluice.Sql;

namespace Sluice.Specification.Reading;

/// <summary>A stream whose rows are made into others and written, while it is read.</summary>
public abstract class PipelineSpec(TestDatabase database) : ReadingSpec(database)
{
    const int Degree = 2;
    const int BatchRows = 64;
    const int YieldPer = 100;
    const int ChunkRows = 250;

    static Tick.TickTable T => Tick.Table;

    static BulkOptions Chunks { get; } = new() { ChunkSize = ChunkSize.Fixed(ChunkRows), Order = RowOrder.AsGiven };

    static StreamOptions Batches(StreamMode mode = StreamMode.Auto) => new() { YieldPer = YieldPer, Mode = mode };

    async Task<Engine> PreparedAsync()
    {
        await Database.ExecuteAsync("DROP TABLE IF EXISTS made_ticks");
        await Engine.CreateTableAsync(MadeTick.Table, Stop);
        // Every second row is there, with another score.
        await Engine.InsertAsync(Ticks.Where(t => t.Id % 2 == 0).Select(t => MadeTick.Of(t) with { Score = -1 }), cancellationToken: Stop);
        return Engine;
    }

    // The database computes it too, in SQL of the raw driver.
    async Task AssertMadeAsync() => Assert.Equal(
        await Database.QueryAsync($"SELECT id, {MadeTick.Sql}, at, tag FROM ticks ORDER BY id"),
        await Database.QueryAsync("SELECT id, score, at, tag FROM made_ticks ORDER BY id"));

    [Theory]
    [InlineData(StreamMode.Cursor)]
    [InlineData(StreamMode.Direct)]
    public async Task Rows_of_a_stream_are_made_into_others_and_upserted(StreamMode mode)
    {
        var engine = await PreparedAsync();
        var made = engine.StreamAsync<Tick>(AllTicks, Batches(mode), Stop).TransformAsync(MadeTick.Of, Degree, BatchRows, Stop);

        var result = await engine.UpsertAsync(made, options: Chunks, cancellationToken: Stop);

        Assert.Equal(Count, result.Loaded);
        await AssertMadeAsync();
        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task Making_a_row_may_ask_the_database()
    {
        var engine = await PreparedAsync();
        var few = AllTicks.Where(T.Id <= 300L);
        var made = engine.StreamAsync<Tick>(few, Batches(), Stop).TransformAsync(
            async (tick, stop) => MadeTick.Of(tick) with { Score = await engine.ScalarAsync<double>(Text($"SELECT value * 2 + device FROM ticks WHERE id = {tick.Id}"), stop) },
            Degree, batchRows: 8, Stop);

        await engine.UpsertAsync(made, options: Chunks, cancellationToken: Stop);

        Assert.Equal(
            await Database.QueryAsync($"SELECT id, {MadeTick.Sql} FROM ticks WHERE id <= 300 ORDER BY id"),
            await Database.QueryAsync("SELECT id, score FROM made_ticks WHERE id <= 300 ORDER BY id"));
        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task Pages_by_key_of_a_table_are_made_and_written_back_to_it_each_row_once()
    {
        var made = Engine.StreamByKeyAsync<Tick>(Select(T).From(T), T.Id, 100, Stop).TransformAsync(t => t with { Value = t.Value + 1000 }, Degree, BatchRows, Stop);

        await Engine.UpsertAsync(made, options: Chunks with { Commit = CommitPolicy.PerChunk }, cancellationToken: Stop);

        Assert.Equal(Ticks.Select(t => t with { Value = t.Value + 1000 }), await Engine.QueryAsync<Tick>(AllTicks, Stop));
        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task A_stream_of_a_table_can_be_written_back_to_it()
    {
        var made = Engine.StreamAsync<Tick>(AllTicks, Batches(), Stop).TransformAsync(t => t with { Value = -t.Value }, Degree, BatchRows, Stop);

        await Engine.UpsertAsync(made, options: Chunks with { Commit = CommitPolicy.PerChunk }, cancellationToken: Stop);

        Assert.Equal(Ticks.Select(t => t with { Value = -t.Value }), await Engine.QueryAsync<Tick>(AllTicks, Stop));
        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task Within_one_transaction_a_stream_feeds_a_load_or_the_load_says_that_it_cannot()
    {
        var engine = await PreparedAsync();
        await using var transaction = await engine.BeginAsync(cancellationToken: Stop);
        var made = transaction.StreamAsync<Tick>(AllTicks, Batches(), Stop).TransformAsync(MadeTick.Of, Degree, BatchRows, Stop);

        var result = await transaction.UpsertAsync(made, options: Chunks, cancellationToken: Stop).WaitAsync(TimeSpan.FromSeconds(20), Stop);
        await transaction.CommitAsync(Stop);

        Assert.Equal(Count, result.Loaded);
        await AssertMadeAsync();
    }

    [Fact]
    public async Task A_row_that_cannot_be_made_stops_the_load_and_the_stream_and_keeps_what_was_there()
    {
        var engine = await PreparedAsync();
        var before = await Database.QueryAsync("SELECT id, score FROM made_ticks ORDER BY id");
        var made = engine.StreamAsync<long>(Endless, Batches(), Stop).TransformAsync(
            id => id < 1_700 ? MadeTick.Of(NewTick((int)id)) : throw new InvalidTimeZoneException("No such row."), Degree, BatchRows, Stop);

        var failure = await Record.ExceptionAsync(() => engine.UpsertAsync(made, options: Chunks, cancellationToken: Stop));

        Assert.Contains("No such row.", failure!.ToString(), StringComparison.Ordinal);
        Assert.Equal(before, await Database.QueryAsync("SELECT id, score FROM made_ticks ORDER BY id"));
        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task A_database_that_fails_as_a_source_says_how_many_rows_were_kept()
    {
        var engine = await PreparedAsync();
        await Database.ExecuteAsync("DELETE FROM made_ticks");
        // Row 701 has a number whose absolute value 64 bits cannot hold.
        var rows = await engine.OpenRowsAsync(
            Text($"SELECT id, value AS score, at, tag FROM ticks WHERE abs(-9223372036854775807 - CASE WHEN id <= 700 THEN 0 ELSE 1 END) > 0"), Batches(), Stop);

        var failure = await Assert.ThrowsAnyAsync<BulkException>(() => engine.InsertAsync(rows, MadeTick.Table, Chunks with { Commit = CommitPolicy.PerChunk }, cancellationToken: Stop));

        Assert.NotEqual(0, failure.RowsKept);
        Assert.Equal(await Database.CountAsync("made_ticks"), failure.RowsKept);
        await AssertNothingIsLeftAsync();
    }

    [Theory]
    [InlineData(StreamMode.Cursor)]
    [InlineData(StreamMode.Direct)]
    public async Task A_writer_that_waits_makes_the_reader_wait(StreamMode mode)
    {
        var engine = await PreparedAsync();
        var holder = await engine.BeginAsync(cancellationToken: Stop);
        await holder.ExecuteAsync(Update(MadeTick.Table).Set(MadeTick.Table.Score, -2.0).Where(MadeTick.Table.Id == 2L), Stop);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var given = 0;
        var made = CountedAsync(engine.StreamAsync<long>(Endless, Batches(mode), Stop)).TransformAsync(id => MadeTick.Of(NewTick((int)id)), Degree, BatchRows, Stop);

        var load = engine.UpsertAsync(made, options: Chunks, cancellationToken: cancellation.Token);
        var stood = await StandstillAsync();
        await holder.RollbackAsync(Stop);

        // What the load and the transform hold: two chunks at most, the batches, and the row in hand. A stream without an end has many more.
        Assert.InRange(stood, 1, 4 * ChunkRows + 2 * Degree * BatchRows + 1);
        while (Volatile.Read(ref given) < stood + 5_000)
            await Task.Delay(5, Stop);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => load);
        await holder.DisposeAsync();
        await AssertNothingIsLeftAsync();

        async IAsyncEnumerable<long> CountedAsync(IAsyncEnumerable<long> rows, [EnumeratorCancellation] CancellationToken stop = default)
        {
            await foreach (var row in rows.WithCancellation(stop))
            {
                Interlocked.Increment(ref given);
                yield return row;
            }
        }

        async Task<int> StandstillAsync()
        {
            for (var (last, same) = (0, 0); ; await Task.Delay(20, Stop))
            {
                var now = Volatile.Read(ref given);
                same = now == last && now > 0 ? same + 1 : 0;
                last = now;
                Assert.False(load.IsCompleted, load.Exception?.ToString());
                if (same == 25 || now > 100_000)
                    return now;
            }
        }
    }
}
