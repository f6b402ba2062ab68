using System.Runtime.CompilerServices;

namespace Sluice.Loading;

/// <summary>The blocks that chunks' rows stand in, kept from one load to the next.</summary>
/// <remarks>
/// Two for each row type, as many as a load has in hand at a time. The shared array pool would round them up to the next power of two, and
/// drops them at a full collection, so that a program which loads now and then would allocate them anew each time.
/// </remarks>
static class ChunkBlocks<T>
{
    const int MostKeptBytes = 1 << 20;

    static T[]? s_first;
    static T[]? s_second;

    internal static T[] Rent(int rows)
    {
        var block = Interlocked.Exchange(ref s_first, null);
        if (block is null || block.Length < rows)
            block = Interlocked.Exchange(ref s_second, null);
        return block is null || block.Length < rows ? new T[rows] : block;
    }

    /// <summary>Keeps a block, without its rows.</summary>
    /// <param name="block">The block.</param>
    /// <param name="used">How many rows may have stood in it: to clear a large block would take longer than to write a row.</param>
    internal static void Return(T[] block, int used)
    {
        if ((long)block.Length * Unsafe.SizeOf<T>() > MostKeptBytes)
            return;
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
            block.AsSpan(0, Math.Min(used, block.Length)).Clear();
        if (Interlocked.CompareExchange(ref s_first, block, null) is not null)
            Interlocked.Exchange(ref s_second, block);
    }
}
