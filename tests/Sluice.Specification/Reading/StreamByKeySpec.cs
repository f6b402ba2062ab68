using Sluice.Specification.Databases;
using Sluice.Specification.Rows;
using static Sluice.Sql;

namespace Sluice.Specification.Reading;

/// <summary>Pages by key.</summary>
public abstract class StreamByKeySpec(TestDatabase database) : ReadingSpec(database)
{
    static Tick.TickTable T => Tick.Table;

    static SqlSelect Query => Select(T).From(T);

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1_250)]
    [InlineData(2_499)]
    [InlineData(2_500)]
    [InlineData(10_000)]
    public async Task All_rows_come_in_the_order_of_the_key_whatever_the_size_of_a_page(int pageSize)
    {
        var query = pageSize == 1 ? Query.Where(T.Id <= 40) : Query;

        var rows = await ToListAsync(Engine.StreamByKeyAsync<Tick>(query, T.Id, pageSize, Stop));

        Assert.Equal(Ticks.Take(pageSize == 1 ? 40 : Count), rows);
    }

    [Fact]
    public async Task Pages_are_batches()
    {
        var pages = await ToListAsync(Engine.StreamByKeyAsync<Tick>(Query, T.Id.Desc(), 1_000, Stop).Batches());

        Assert.Equal([1_000, 1_000, 500], pages.Select(p => p.Count));
        Assert.Equal(Ticks.Reverse(), pages.SelectMany(p => p));
    }

    [Fact]
    public async Task A_key_that_several_rows_have_is_told_apart_by_the_primary_key()
    {
        var rows = await ToListAsync(Engine.StreamByKeyAsync<Tick>(Query, T.Device, 100, Stop));

        Assert.Equal(Ticks.OrderBy(t => t.Device).ThenBy(t => t.Id), rows);
    }

    [Fact]
    public async Task A_time_is_a_key()
    {
        var rows = await ToListAsync(Engine.StreamByKeyAsync<Tick>(Query.Where(T.Device == 2), T.At.Desc(), 50, Stop));

        Assert.Equal(Ticks.Where(t => t.Device == 2).OrderByDescending(t => t.At), rows);
    }

    [Fact]
    public async Task Several_columns_are_a_key_in_one_direction()
    {
        var rows = await ToListAsync(Engine.StreamByKeyAsync<Tick>(Query.OrderBy(T.Value), [T.Device.Desc(), T.At.Desc()], 99, Stop));

        Assert.Equal(Ticks.OrderByDescending(t => t.Device).ThenByDescending(t => t.At), rows);
    }

    [Fact]
    public async Task Several_columns_are_a_key_in_directions_of_their_own()
    {
        var rows = await ToListAsync(Engine.StreamByKeyAsync<Tick>(Query, [T.Device, T.Value.Desc(), T.Id], 64, Stop));

        Assert.Equal(Ticks.OrderBy(t => t.Device).ThenByDescending(t => t.Value), rows);
    }

    [Fact]
    public async Task A_key_that_may_be_null_is_refused_unless_the_query_leaves_nulls_out()
    {
        var refused = Assert.Throws<BulkPlanException>(() => Engine.StreamByKeyAsync<Tick>(Query, T.Tag, cancellationToken: Stop));
        Assert.Equal("SLU0704", refused.Code);

        var ids = await ToListAsync(Engine.StreamByKeyAsync<long>(Select(T.Id).From(T).Where(T.Id < 100 & T.Tag.IsNotNull()), T.Tag, 10, Stop));

        Assert.Equal(Ticks.Where(t => t is { Id: < 100, Tag: not null }).Select(t => t.Id).Order(), ids.Order());
    }

    [Fact]
    public async Task Values_and_dictionaries_do_not_show_the_key()
    {
        Assert.Equal(Ticks.Select(t => t.Value), await ToListAsync(Engine.StreamByKeyAsync<double>(Select(T.Value).From(T), T.Id, 700, Stop)));
        var row = (await ToListAsync(Engine.StreamByKeyAsync<Dictionary<string, object?>>(Select(T.Value, T.Id).From(T).Where(T.Id <= 5), T.Id, 2, Stop)))[4];
        Assert.Equal(["id", "value"], row.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(5L, row["id"]);
    }

    [Fact]
    public async Task A_join_is_paged_by_the_keys_of_both_tables()
    {
        var other = T.As("other");
        var query = Select(T.Id, other[T.Id].As("other_id")).From(T).Join(other, T.Device == other.Col<int>(Tick.Table.Device) & other.Col<long>(Tick.Table.Id) <= 20).Where(T.Id <= 20);

        var rows = await ToListAsync(Engine.StreamByKeyAsync<object?[]>(query, T.Id, 3, Stop));

        var expected = from a in Ticks.Take(20) from b in Ticks.Take(20) where a.Device == b.Device orderby a.Id, b.Id select new object?[] { a.Id, b.Id };
        Assert.Equal(expected, rows);
    }

    [Fact]
    public async Task Rows_that_cannot_be_told_apart_are_an_error_and_not_lost()
    {
        var devices = Select(T.Device).From(T).AsCte("devices");
        var query = Select(devices[T.Device]).From(devices).Where(devices[T.Device].IsNotNull());

        var failure = await Assert.ThrowsAsync<BulkException>(() => ToListAsync(Engine.StreamByKeyAsync<int>(query, devices[T.Device], 100, Stop)));

        Assert.Equal("SLU0705", failure.Code);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Rows_without_a_key_that_is_described_as_not_null_are_an_error_and_not_lost(int pageSize)
    {
        await Database.ExecuteAsync("DROP TABLE IF EXISTS words; CREATE TABLE words (w text NOT NULL, k int); INSERT INTO words VALUES ('a', 1), ('b', 2), ('c', 3), ('d', NULL)");
        var query = Select(Word.Table.W).From(Word.Table);
        var errors = 0;
        foreach (var key in new SqlOrder[] { Word.Table.K, Word.Table.K.Desc() })
        {
            try
            {
                Assert.Equal(4, (await ToListAsync(Engine.StreamByKeyAsync<string>(query, key, pageSize, Stop))).Count);
            }
            catch (BulkException failure)
            {
                Assert.Equal("SLU0717", failure.Code);
                errors++;
            }
        }
        // In one of the two directions the row without a key is the last one.
        Assert.InRange(errors, pageSize < 4 ? 1 : 0, pageSize < 4 ? 2 : 0);
    }

    [Fact]
    public async Task A_window_would_see_the_rows_of_a_page_and_is_refused_unless_it_is_a_querys_own()
    {
        var sum = Sum(T.Value).Over(new SqlWindow().OrderBy(T.Id));
        foreach (var query in new[] { Select(T.Id, sum.As("total")).From(T), Select(T.Id, (sum + 1.0).As("total")).From(T), Query.OrderBy(sum) })
            Assert.Equal("SLU0703", Assert.Throws<BulkPlanException>(() => Engine.StreamByKeyAsync<object?[]>(query, T.Id, cancellationToken: Stop)).Code);

        var totals = Select(T.Id, sum.As("total")).From(T).As("totals");
        var rows = await ToListAsync(Engine.StreamByKeyAsync<double>(
            Select(totals["total"]).From(T).Join(totals, totals.Col<long>(T.Id) == T.Id).Where(T.Id <= 50), T.Id, 7, Stop));
        var expected = 0.0;
        Assert.Equal(Ticks.Take(50).Select(t => expected += t.Value), rows);
    }

    [Fact]
    public async Task A_query_that_cannot_be_cut_is_refused()
    {
        foreach (var query in new[] { Query.Distinct(), Query.Limit(10), Query.Offset(1), Select(T.Device).From(T).GroupBy(T.Device) })
            Assert.Equal("SLU0703", Assert.Throws<BulkPlanException>(() => Engine.StreamByKeyAsync<Tick>(query, T.Id, cancellationToken: Stop)).Code);
        Assert.Equal("SLU0709", Assert.Throws<BulkPlanException>(() => Engine.StreamByKeyAsync<Tick>(Query, T.Id + 1L, cancellationToken: Stop)).Code);
        Assert.Throws<ArgumentException>(() => Engine.StreamByKeyAsync<Tick>(Query, [], cancellationToken: Stop));
        Assert.Throws<ArgumentOutOfRangeException>(() => Engine.StreamByKeyAsync<Tick>(Query, T.Id, 0, Stop));
        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task Between_pages_nothing_is_open_and_rows_that_others_insert_disturb_no_page()
    {
        await Database.ExecuteAsync("DELETE FROM ticks WHERE id % 2 = 1");
        var seen = new List<long>();
        await foreach (var page in Engine.StreamByKeyAsync<Tick>(Query, T.Id, 100, Stop).Batches())
        {
            await AssertNoneIsOpenAsync();
            seen.AddRange(page.Select(t => t.Id));
            // One before what was read, which no page shows any more, and one behind it, which the next page does.
            var last = (int)seen[^1];
            if (last < Count)
                await Engine.InsertAsync([NewTick(last - 1), NewTick(last + 1)], cancellationToken: Stop);
        }

        Assert.Equal(seen.Order(), seen);
        Assert.Equal(seen.Distinct(), seen);
        Assert.Equal(Enumerable.Range(1, Count / 2).Select(i => (long)i * 2), seen.Where(id => id % 2 == 0));
        Assert.Equal(seen.Count - Count / 2, seen.Count(id => id % 2 == 1));
        Assert.InRange(seen.Count(id => id % 2 == 1), 12, 13);
    }

    async Task AssertNoneIsOpenAsync()
    {
        for (var i = 0; i < 40 && (await Database.OpenWorkAsync()).Count > 0; i++)
            await Task.Delay(25, Stop);
        Assert.Empty(await Database.OpenWorkAsync());
    }

    [Fact]
    public async Task A_token_stops_between_and_within_pages()
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        long last = 0;
        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var tick in Engine.StreamByKeyAsync<Tick>(Query, T.Id, 100, cancellation.Token))
            {
                last = tick.Id;
                if (last == 150)
                    await cancellation.CancelAsync();
            }
        });

        Assert.Equal(150, last);
        Assert.Equal(cancellation.Token, cancelled.CancellationToken);
        await AssertNothingIsLeftAsync();
    }
}
