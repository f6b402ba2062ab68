using System.Globalization;

namespace Sluice;

/// <summary>How many rows are encoded, sent and counted together.</summary>
public sealed record ChunkSize
{
    ChunkSize(int rows) => Rows = rows;

    /// <summary>The rows of a full chunk; of one whose size adapts, of the first one.</summary>
    public int Rows { get; }

    /// <summary>Whether later chunks have the size that proves fastest.</summary>
    internal bool IsAdaptive { get; private init; }

    /// <summary>
    /// Chunks of a fixed number of rows; the last one is smaller, and so are those whose rows take more than 8 MiB of memory.
    /// </summary>
    /// <param name="rows">From 1 to 1,000,000.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rows"/> is outside that range.</exception>
    public static ChunkSize Fixed(int rows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, 1_000_000);
        return new ChunkSize(rows);
    }

    /// <summary>
    /// Chunks that start at 1,000 rows and grow for as long as more rows a second are written, and shrink where the database or memory
    /// is pressed.
    /// </summary>
    /// <remarks>Not available yet: a load that asks for it is refused with SLU0192.</remarks>
    public static ChunkSize Adaptive() => new(1_000) { IsAdaptive = true };

    /// <summary>The size as plans print it.</summary>
    public override string ToString() =>
        IsAdaptive ? "adaptive" : string.Create(CultureInfo.InvariantCulture, $"{Rows:N0} rows");
}
