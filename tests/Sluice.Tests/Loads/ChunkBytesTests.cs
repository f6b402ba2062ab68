using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Sluice.Loading;
using Sluice.Rows;

namespace Sluice.Tests.Loads;

/// <summary>A chunk is bounded in bytes as well as in rows.</summary>
public class ChunkBytesTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Table("notes")]
    public sealed record Note([property: Key] int Id, string Text);

    [Table("numbers")]
    public sealed record Number([property: Key] int Id, double Value);

    [Fact]
    public async Task A_chunk_of_long_rows_is_full_long_before_its_number_of_rows()
    {
        var read = 0;
        var source = RowSource.From(Notes(1_000, 512 * 1024, () => read++));
        using var chunks = new ChunkReader<Note>(source, order: null, ChunkSize.Fixed(5_000), filter: null, weight: RowWeight<Note>.For(source, source.Bind(source.Table!)));
        var rows = 0;
        while (await chunks.ReadAsync(Token) is { } chunk)
        {
            rows += chunk.Count;
            Assert.InRange(chunk.Count, 1, 10);
            Assert.InRange(read, rows, rows);
            chunks.Return(chunk);
        }

        Assert.Equal(1_000, rows);
    }

    [Fact]
    public async Task A_chunk_of_short_rows_has_its_number_of_rows()
    {
        var source = RowSource.From(Notes(12_000, 100, () => { }));
        using var chunks = new ChunkReader<Note>(source, order: null, ChunkSize.Fixed(5_000), filter: null, weight: RowWeight<Note>.For(source, source.Bind(source.Table!)));
        var counts = new List<int>();
        while (await chunks.ReadAsync(Token) is { } chunk)
        {
            counts.Add(chunk.Count);
            chunks.Return(chunk);
        }

        Assert.Equal([5_000, 5_000, 2_000], counts);
    }

    [Fact]
    public void Rows_that_all_take_the_same_are_not_weighed()
    {
        var numbers = RowSource.From(new[] { new Number(1, 2) });
        var notes = RowSource.From(new[] { new Note(1, "x") });

        Assert.Null(RowWeight<Number>.For(numbers, numbers.Bind(numbers.Table!)));
        Assert.NotNull(RowWeight<Note>.For(notes, notes.Bind(notes.Table!)));
    }

    [Fact]
    public async Task Rows_that_are_handed_back_are_bounded_too()
    {
        var source = RowSource.From(Notes(200, 512 * 1024, () => { }));
        using var chunks = new GivenChunks<Note>(source, filter: null, unset: null, 5_000, RowWeight<Note>.For(source, source.Bind(source.Table!)));
        var rows = 0;
        while (await chunks.ReadAsync(Token) is { } chunk)
        {
            Assert.InRange(chunk.Count, 1, 10);
            rows += chunk.Count;
        }

        Assert.Equal(200, rows);
    }

    static IEnumerable<Note> Notes(int rows, int length, Action made)
    {
        for (var i = 0; i < rows; i++)
        {
            made();
            yield return new Note(i, new string('x', length));
        }
    }
}
