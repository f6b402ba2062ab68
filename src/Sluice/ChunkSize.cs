using System.Globalization;

namespace Sluice;

/// <summary>How many rows are encoded, sent and counted together.</summary>
public sealed record ChunkSize
{
    ChunkSize(int rows) => Rows = rows;

    /// <summary>The rows of a full chunk.</summary>
    public int Rows { get; }

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

    /// <summary>The size as plans print it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Rows:N0} rows");
}
