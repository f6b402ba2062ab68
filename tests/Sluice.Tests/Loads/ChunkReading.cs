using Sluice.Loading;
using Sluice.Rows;

namespace Sluice.Tests.Loads;

static class ChunkReading
{
    /// <summary>Every chunk of a source, each given back before the next but one is read, as a load does.</summary>
    internal static async Task<List<ReadChunk<T>>> ReadAsync<T>(RowSource<T> source, int size, int[]? key)
    {
        var order = key is null ? null : KeyOrder<T>.For(Plans.For<T>(key), Plans.Shape<T>());
        using var reader = new ChunkReader<T>(source, order, ChunkSize.Fixed(size));
        var chunks = new List<ReadChunk<T>>();
        var chunk = await reader.ReadAsync(TestContext.Current.CancellationToken);
        while (chunk is not null)
        {
            var next = await reader.ReadAsync(TestContext.Current.CancellationToken);
            chunks.Add(new ReadChunk<T>(chunk.IsInSourceOrder, chunk.Rows.ToArray(), [.. Enumerable.Range(0, chunk.Count).Select(chunk.OrdinalOf)]));
            reader.Return(chunk);
            chunk = next;
        }
        return chunks;
    }
}
