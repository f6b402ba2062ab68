using Sluice.Specification.Databases;
using Sluice.Specification.Rows;
using static Sluice.Sql;

namespace Sluice.Specification.Reading;

/// <summary>What a stream gives.</summary>
public abstract class StreamSpec(TestDatabase database) : ReadingSpec(database)
{
    public static MatrixTheoryData<StreamMode, int> ModesAndBatches { get; } = new([StreamMode.Auto, StreamMode.Direct, StreamMode.Cursor], [1, 7, 500, 100_000]);

    static Tick.TickTable T => Tick.Table;

    [Theory]
    [MemberData(nameof(ModesAndBatches))]
    public async Task Rows_are_those_that_were_stored(StreamMode mode, int yieldPer)
    {
        Assert.Equal(Ticks, await ToListAsync(Engine.StreamAsync<Tick>(AllTicks, new() { Mode = mode, YieldPer = yieldPer }, Stop)));
        await AssertNothingIsLeftAsync();
    }

    [Theory]
    [InlineData(StreamMode.Direct)]
    [InlineData(StreamMode.Cursor)]
    public async Task Values_are_those_that_the_raw_driver_reads(StreamMode mode)
    {
        var raw = await Database.QueryAsync("SELECT id, device, value, at, tag FROM ticks ORDER BY id");

        Assert.Equal(raw, await ToListAsync(Engine.StreamAsync<object?[]>(AllTicks, new() { Mode = mode }, Stop)));
    }

    [Theory]
    [InlineData(StreamMode.Direct, 1_000, new[] { 1_000, 1_000, 500 })]
    [InlineData(StreamMode.Cursor, 1_000, new[] { 1_000, 1_000, 500 })]
    [InlineData(StreamMode.Direct, 1_250, new[] { 1_250, 1_250 })]
    [InlineData(StreamMode.Cursor, 1_250, new[] { 1_250, 1_250 })]
    [InlineData(StreamMode.Auto, 5_000, new[] { 2_500 })]
    public async Task Batches_have_the_size_that_was_asked_for_and_are_the_callers(StreamMode mode, int yieldPer, int[] sizes)
    {
        var batches = await ToListAsync(Engine.StreamAsync<Tick>(AllTicks, new() { Mode = mode, YieldPer = yieldPer }, Stop).Batches());

        Assert.Equal(sizes, batches.Select(b => b.Count));
        Assert.Equal(Ticks, batches.SelectMany(b => b));
    }

    [Fact]
    public async Task A_query_without_rows_gives_none()
    {
        var none = Engine.StreamAsync<Tick>(AllTicks.Where(T.Id < 0), cancellationToken: Stop);

        Assert.Empty(await ToListAsync(none));
        Assert.Empty(await ToListAsync(none.Batches()));
        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task Rows_can_be_values_pairs_triples_and_dictionaries()
    {
        var few = Select(T.Id, T.Value, T.Tag).From(T).Where(T.Id <= 3).OrderBy(T.Id);

        Assert.Equal([1L, 2, 3], await ToListAsync(Engine.StreamAsync<long>(Select(T.Id).From(T).Where(T.Id <= 3).OrderBy(T.Id), cancellationToken: Stop)));
        Assert.Equal([(1L, 1), (2, 2), (3, 3)], await ToListAsync(Engine.StreamAsync<long, int>(Select(T.Id, T.Device).From(T).Where(T.Id <= 3).OrderBy(T.Id), cancellationToken: Stop)));
        Assert.Equal(
            [(1L, 0.125, Ticks[0].Tag), (2, 0.25, Ticks[1].Tag), (3, 0.375, null)],
            await ToListAsync(Engine.StreamAsync<long, double, Guid?>(few, cancellationToken: Stop)));
        var rows = await ToListAsync(Engine.StreamAsync<Dictionary<string, object?>>(few, cancellationToken: Stop));
        Assert.Equal([1L, 2L, 3L], rows.Select(r => r["id"]));
        Assert.Equal([0.125, 0.25, 0.375], rows.Select(r => r["value"]));
        Assert.Null(rows[2]["tag"]);
    }

    [Fact]
    public async Task Columns_are_found_in_any_order_and_text_can_be_streamed()
    {
        var text = Text($"SELECT tag, at, value, device, id FROM ticks WHERE id > {2_400} AND device = {3} ORDER BY id DESC");

        var rows = await ToListAsync(Engine.StreamAsync<Tick>(text, new() { YieldPer = 4 }, Stop));

        Assert.Equal(Ticks.Where(t => t is { Id: > 2_400, Device: 3 }).OrderByDescending(t => t.Id), rows);
    }

    [Fact]
    public async Task A_common_table_expression_can_be_streamed()
    {
        var tail = Select(T.Id).From(T).Where(T.Id > 2_490).AsCte("tail");

        var ids = await ToListAsync(Engine.StreamAsync<long>(Select(tail[T.Id]).From(tail).OrderBy(tail[T.Id]), new() { YieldPer = 3 }, Stop));

        Assert.Equal(Enumerable.Range(2_491, 10).Select(i => (long)i), ids);
    }

    [Fact]
    public async Task Each_enumeration_runs_the_query_anew()
    {
        var stream = Engine.StreamAsync<long>(Select(T.Id).From(T).OrderBy(T.Id), cancellationToken: Stop);
        Assert.Equal(Count, (await ToListAsync(stream)).Count);
        await Engine.InsertAsync([NewTick(Count + 1)], cancellationToken: Stop);

        Assert.Equal(Count + 1, (await ToListAsync(stream)).Count);
    }

    [Fact]
    public async Task A_stream_sees_the_rows_of_its_beginning()
    {
        var seen = 0;
        await foreach (var tick in Engine.StreamAsync<Tick>(AllTicks, new() { YieldPer = 100, Mode = StreamMode.Cursor }, Stop))
        {
            if (seen++ == 150)
                await Engine.InsertAsync([NewTick(Count + 1)], cancellationToken: Stop);
        }
        Assert.Equal(Count, seen);
        Assert.Equal(Count + 1, await Engine.ScalarAsync<long>(Text($"SELECT count(*) FROM ticks"), Stop));
    }

    [Fact]
    public async Task Streams_can_run_beside_each_other()
    {
        var options = new StreamOptions { YieldPer = 100 };
        await using var second = Engine.StreamAsync<Tick>(AllTicks, options, Stop).GetAsyncEnumerator(Stop);
        var compared = 0;
        await foreach (var tick in Engine.StreamAsync<Tick>(AllTicks, options, Stop))
        {
            Assert.True(await second.MoveNextAsync());
            Assert.Equal(tick, second.Current);
            compared++;
        }
        Assert.Equal(Count, compared);
        Assert.False(await second.MoveNextAsync());
        await AssertNothingIsLeftAsync();
    }

    [Theory]
    [InlineData(StreamMode.Auto)]
    [InlineData(StreamMode.Direct)]
    public async Task Within_a_transaction_a_stream_sees_what_was_done_in_it_and_leaves_it_open(StreamMode mode)
    {
        var options = new StreamOptions { YieldPer = 100, Mode = mode };
        await using var transaction = await Engine.BeginAsync(cancellationToken: Stop);
        await transaction.InsertAsync([NewTick(Count + 1)], cancellationToken: Stop);
        Assert.Equal(Count + 1, (await ToListAsync(transaction.StreamAsync<Tick>(AllTicks, options, Stop))).Count);

        var seen = 0;
        await foreach (var tick in transaction.StreamAsync<Tick>(AllTicks, options, Stop))
        {
            if (++seen == 250)
                break;
        }

        await transaction.InsertAsync([NewTick(Count + 2)], cancellationToken: Stop);
        await transaction.CommitAsync(Stop);
        Assert.Equal(Count + 2, await Engine.ScalarAsync<long>(Text($"SELECT count(*) FROM ticks"), Stop));
    }

    [Fact]
    public async Task Within_a_transaction_statements_can_run_between_two_rows()
    {
        await using var transaction = await Engine.BeginAsync(cancellationToken: Stop);
        var changed = 0L;
        await foreach (var tick in transaction.StreamAsync<Tick>(AllTicks.Where(T.Id <= 20), new() { YieldPer = 5 }, Stop))
            changed += await transaction.ExecuteAsync(Update(T).Set(T.Value, tick.Id * 2.0).Where(T.Id == tick.Id), Stop);
        await transaction.CommitAsync(Stop);

        Assert.Equal(20, changed);
        Assert.Equal(Enumerable.Range(1, 20).Select(i => i * 2.0), await Engine.QueryAsync<double>(Select(T.Value).From(T).Where(T.Id <= 20).OrderBy(T.Id), Stop));
    }

    [Fact]
    public void A_statement_that_writes_is_refused()
    {
        var failure = Assert.Throws<BulkPlanException>(() => Engine.StreamAsync<long>(DeleteFrom(T).Where(T.Id == 1).Returning(T.Id), cancellationToken: Stop));

        Assert.Equal("SLU0701", failure.Code);
    }

    [Fact]
    public void A_batch_has_at_least_one_row() => Assert.Throws<ArgumentOutOfRangeException>(() => new StreamOptions { YieldPer = 0 });
}
