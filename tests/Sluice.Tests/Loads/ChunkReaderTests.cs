using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Sluice.Rows;

namespace Sluice.Tests.Loads;

/// <summary>The order of chunks against a model: rows pass while they come in key order, and from the first chunk that does not the rest is sorted.</summary>
public sealed class ChunkReaderTests
{
    static readonly Config s_config = Config.QuickThrowOnFailure.WithMaxTest(150);

    // Few different numbers, so that keys repeat.
    static readonly Gen<int> s_number = Gen.OneOf(Gen.Choose(-5, 5), Gen.Choose(int.MinValue, int.MaxValue - 1));
    static readonly Gen<long> s_long = Gen.OneOf(s_number.Select(n => (long)n), s_number.Select(n => n * 4_000_000_000L), Gen.Elements(long.MinValue, long.MaxValue, 0L));
    static readonly Gen<string> s_text = Gen.OneOf(
        Gen.Elements("", "a", "b", "ab", "Z", "é", "😀", "\uffff", "a\u0001"),
        Gen.Choose(0, 9).Select(n => "https://example.com/sensors/" + n),
        Gen.Choose(0, 99).Select(n => "sixteen bytes..." + new string('x', n % 4)));

    static readonly Gen<double> s_double = Gen.OneOf(Gen.Choose(-9, 9).Select(n => n == 0 ? 0.5 : n / 8.0), Gen.Elements(double.NegativeInfinity, double.PositiveInfinity, double.Epsilon, 1e300, -1e-300));
    static readonly Gen<Guid> s_guid = Gen.OneOf(Gen.Choose(0, 3).Select(n => new Guid(n, 0, 0, new byte[8])), Gen.Choose(0, int.MaxValue).Select(seed => RandomGuid(new Random(seed))));
    static readonly Gen<DateTimeOffset> s_time = Gen.Choose(0, 9).Select(n => DateTimeOffset.UnixEpoch.AddHours(n).ToOffset(TimeSpan.FromHours(n - 5)));

    static readonly IComparer<string> s_byCodePoint = Comparer<string>.Create((x, y) => Encoding.UTF8.GetBytes(x).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y)));

    static Guid RandomGuid(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }

    static IOrderedEnumerable<(T Row, int Ordinal)> ByText<T>(IEnumerable<(T Row, int Ordinal)> rows, Func<T, string> text) => rows.OrderBy(r => text(r.Row), s_byCodePoint);

    [Fact]
    public void Keys_of_one_part_sort_as_their_values_do()
    {
        Holds(s_long, [0], rows => rows.OrderBy(r => r.Row.A));
        Holds(s_number, [0], rows => rows.OrderBy(r => r.Row.A));
        Holds(s_double, [0], rows => rows.OrderBy(r => r.Row.A));
        Holds(s_guid, [0], rows => rows.OrderBy(r => r.Row.A));
        Holds(s_time, [0], rows => rows.OrderBy(r => r.Row.A));
        Holds(s_text, [0], rows => ByText(rows, r => r.A));
        Holds(s_number.Select(n => (uint)n), [0], rows => rows.OrderBy(r => r.Row.A));
        Holds(s_long.Select(n => (ulong)n), [0], rows => rows.OrderBy(r => r.Row.A));
        Holds(s_number.Select(n => n / 4m), [0], rows => rows.OrderBy(r => r.Row.A));
        Holds(s_number.Select(n => n / 4f), [0], rows => rows.OrderBy(r => r.Row.A));
        Holds(Gen.Choose(0, 5).Select(n => new DateOnly(2000, 1, 1).AddDays(n)), [0], rows => rows.OrderBy(r => r.Row.A));
        Holds(Gen.Choose(-5, 5).Select(n => TimeSpan.FromHours(n)), [0], rows => rows.OrderBy(r => r.Row.A));
        Holds(Gen.Elements(false, true), [0], rows => rows.OrderBy(r => r.Row.A));
        Holds(Gen.Elements(DayOfWeek.Friday, DayOfWeek.Sunday, DayOfWeek.Monday), [0], rows => rows.OrderBy(r => r.Row.A));
        Holds(Gen.Choose(-128, 127).Select(n => (Temperature)n), [0], rows => rows.OrderBy(r => r.Row.A));
    }

    // The key alone, and two fields that are no part of it.
    static void Holds<T>(Gen<T> part, int[] key, Func<IEnumerable<(Keyed<T, int, string> Row, int Ordinal)>, IEnumerable<(Keyed<T, int, string> Row, int Ordinal)>> sorted) =>
        AssertModel(from a in part from b in s_number from c in s_text select new Keyed<T, int, string>(a, b, c), key, sorted);

    [Fact]
    public void Keys_of_two_parts_sort_by_the_first_and_then_the_second()
    {
        AssertModel(Rows(s_number, s_text), [0, 1], rows => rows.OrderBy(r => r.Row.A).ThenBy(r => r.Row.B, s_byCodePoint));
        AssertModel(Rows(s_long, s_time), [0, 1], rows => rows.OrderBy(r => r.Row.A).ThenBy(r => r.Row.B));
        AssertModel(Rows(s_text, s_long), [0, 1], rows => ByText(rows, r => r.A).ThenBy(r => r.Row.B));
        AssertModel(Rows(s_text, s_text), [0, 1], rows => ByText(rows, r => r.A).ThenBy(r => r.Row.B, s_byCodePoint));
        AssertModel(Rows(s_guid, s_number), [0, 1], rows => rows.OrderBy(r => r.Row.A).ThenBy(r => r.Row.B));
    }

    [Fact]
    public void Keys_whose_fields_come_in_another_order_sort_as_the_key_does()
    {
        AssertModel(Rows(s_number, s_text), [1, 0], rows => ByText(rows, r => r.B).ThenBy(r => r.Row.A));
        AssertModel(Rows(s_text, s_long), [1, 0], rows => rows.OrderBy(r => r.Row.B).ThenBy(r => r.Row.A, s_byCodePoint));
        AssertModel(Rows(s_long, s_time), [1, 0], rows => rows.OrderBy(r => r.Row.B).ThenBy(r => r.Row.A));
        AssertModel(Rows(s_guid, s_number), [2, 1], rows => rows.OrderBy(r => r.Row.C).ThenBy(r => r.Row.B));
    }

    [Fact]
    public void Keys_of_three_parts_sort_by_each_in_turn()
    {
        AssertModel(Rows(s_number, s_text), [0, 1, 2], rows => rows.OrderBy(r => r.Row.A).ThenBy(r => r.Row.B, s_byCodePoint).ThenBy(r => r.Row.C));
        AssertModel(Rows(s_long, s_time), [2, 0, 1], rows => rows.OrderBy(r => r.Row.C).ThenBy(r => r.Row.A).ThenBy(r => r.Row.B));
        AssertModel(Rows(s_guid, s_text), [1, 2, 0], rows => rows.OrderBy(r => r.Row.B, s_byCodePoint).ThenBy(r => r.Row.C).ThenBy(r => r.Row.A));
    }

    static Gen<Keyed<TA, TB, int>> Rows<TA, TB>(Gen<TA> first, Gen<TB> second) =>
        from a in first from b in second from c in Gen.Choose(-2, 2) select new Keyed<TA, TB, int>(a, b, c);

    static void AssertModel<T>(Gen<T> row, int[] key, Func<IEnumerable<(T Row, int Ordinal)>, IEnumerable<(T Row, int Ordinal)>> sorted)
    {
        var inputs =
            from size in Gen.Choose(1, 12)
            from start in row.ArrayOf()
            from middle in row.ArrayOf()
            from end in row.ArrayOf()
            from mode in Gen.Choose(0, 3)
            select (Size: size, Rows: Mix(mode, start, middle, end, rows => [.. sorted(rows.Select((r, i) => (r, i))).Select(r => r.Row)]));
        Check.One(s_config, Prop.ForAll(Arb.From(inputs), input => FollowsModelAsync(input.Rows, input.Size, key, sorted).GetAwaiter().GetResult()));
    }

    static T[] Mix<T>(int mode, T[] start, T[] middle, T[] end, Func<T[], T[]> sort) => mode switch
    {
        0 => sort([.. start, .. middle, .. end]),
        1 => [.. sort([.. start, .. middle]), .. end],
        2 => [.. sort(start), .. middle, .. sort(end)],
        _ => [.. start, .. middle, .. end],
    };

    static async Task<bool> FollowsModelAsync<T>(T[] rows, int size, int[] key, Func<IEnumerable<(T Row, int Ordinal)>, IEnumerable<(T Row, int Ordinal)>> sorted)
    {
        var chunks = await ChunkReading.ReadAsync(RowSource.From(rows), size, key);

        var numbered = rows.Select((row, i) => (Row: row, Ordinal: i)).ToArray();
        var passed = 0;
        while (passed < rows.Length)
        {
            var end = Math.Min(passed + size, rows.Length);
            if (!sorted(numbered.Take(end)).Select(r => r.Ordinal).SequenceEqual(Enumerable.Range(0, end)))
                break;
            passed = end;
        }
        int[] expected = [.. Enumerable.Range(0, passed), .. sorted(numbered.Skip(passed)).Select(r => r.Ordinal)];

        Assert.Equal(expected.Select(i => (long)i), chunks.SelectMany(c => c.Ordinals));
        Assert.Equal(expected.Select(i => rows[i]), chunks.SelectMany(c => c.Rows));
        Assert.Equal(Enumerable.Repeat(size, rows.Length / size).Concat(rows.Length % size > 0 ? [rows.Length % size] : []), chunks.Select(c => c.Rows.Length));
        Assert.All(chunks.Take((passed + size - 1) / size), c => Assert.True(c.IsInSourceOrder));
        Assert.All(chunks.Skip((passed + size - 1) / size), c => Assert.False(c.IsInSourceOrder));
        return true;
    }

    [Fact]
    public async Task Rows_go_as_given_where_no_order_is_asked_for()
    {
        int[] numbers = [3, 1, 2, 9, 0];
        var chunks = await ChunkReading.ReadAsync(RowSource.From(numbers.Select(n => new Keyed<int, int, int>(n, 0, 0))), 2, key: null);
        Assert.Equal(numbers, chunks.SelectMany(c => c.Rows).Select(r => r.A));
        Assert.All(chunks, c => Assert.True(c.IsInSourceOrder));
        Assert.Equal([0L, 1, 2, 3, 4], chunks.SelectMany(c => c.Ordinals));
    }

    [Fact]
    public async Task Rows_are_sorted_within_a_window_of_about_a_million()
    {
        const int rows = 1_200_000;
        var source = RowSource.From(Enumerable.Range(0, rows).Select(i => new Keyed<int, int, int>(rows - i, 0, 0)));

        var chunks = await ChunkReading.ReadAsync(source, 100_000, [0]);

        var ordinals = chunks.SelectMany(c => c.Ordinals).ToArray();
        Assert.Equal(Enumerable.Range(0, 1_100_000).Reverse().Select(i => (long)i), ordinals.Take(1_100_000));
        Assert.Equal(Enumerable.Range(1_100_000, 100_000).Reverse().Select(i => (long)i), ordinals.Skip(1_100_000));
        Assert.All(chunks, c => Assert.Equal(100_000, c.Rows.Length));
    }

    [Fact]
    public async Task A_window_of_large_texts_ends_before_it_fills_the_memory()
    {
        var large = new string('x', 1_000_000);
        var source = RowSource.From(Enumerable.Range(0, 1000).Select(i => new Keyed<int, string, int>(1000 - i, large, 0)));

        var chunks = await ChunkReading.ReadAsync(source, 10, [0]);

        Assert.InRange(chunks[0].Ordinals[0], 10, 25);
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => (long)i), chunks.SelectMany(c => c.Ordinals).Order());
    }

    [Fact]
    public async Task Rows_in_order_are_read_no_further_than_the_chunk_at_hand()
    {
        var read = 0;
        var source = RowSource.From(Enumerable.Range(0, 1000).Select(i =>
        {
            read++;
            return new Keyed<int, int, int>(i, 0, 0);
        }));
        using var reader = new Sluice.Loading.ChunkReader<Keyed<int, int, int>>(
            source, Sluice.Loading.KeyOrder<Keyed<int, int, int>>.For(Plans.For<Keyed<int, int, int>>([0]), Plans.Shape<Keyed<int, int,
                int>>()), ChunkSize.Fixed(10));

        for (var i = 1; i <= 5; i++)
        {
            var chunk = await reader.ReadAsync(TestContext.Current.CancellationToken);
            Assert.Equal((10, i * 10), (chunk!.Count, read));
        }
    }

    [Fact]
    public async Task A_chunk_given_back_lends_its_block_to_a_later_one()
    {
        var source = RowSource.From(Enumerable.Range(0, 100).Select(i => new Keyed<int, int, int>(i, 0, 0)));
        using var reader = new Sluice.Loading.ChunkReader<Keyed<int, int, int>>(source, order: null, ChunkSize.Fixed(10));
        var blocks = new HashSet<object>(ReferenceEqualityComparer.Instance);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken) is { } chunk)
        {
            blocks.Add(chunk.Buffer);
            reader.Return(chunk);
        }
        Assert.Single(blocks);
    }

    [Fact]
    public async Task An_empty_source_has_no_chunk() =>
        Assert.Empty(await ChunkReading.ReadAsync(RowSource.From(Array.Empty<Keyed<int, int, int>>()), 10, [0]));
}
