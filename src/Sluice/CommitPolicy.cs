using System.Globalization;

namespace Sluice;

/// <summary>When a load's rows become lasting: one of a closed set of policies.</summary>
public abstract record CommitPolicy
{
    CommitPolicy()
    {
    }

    /// <summary>All rows or none: one transaction around the load.</summary>
    public static CommitPolicy Atomic { get; } = new OneTransaction();

    /// <summary>Each chunk on its own: what was committed before a failure stays, and the error says how much that is.</summary>
    public static CommitPolicy PerChunk { get; } = new Chunks(1);

    /// <summary>Several chunks together, and those that remain at the end.</summary>
    /// <remarks>Not available yet: a load that asks for it is refused with SLU0192.</remarks>
    /// <param name="chunks">1 is <see cref="PerChunk"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="chunks"/> is less than 1.</exception>
    public static CommitPolicy Every(int chunks)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(chunks, 1);
        return chunks == 1 ? PerChunk : new Chunks(chunks);
    }

    /// <summary>How many chunks are committed together; 0 for all of them.</summary>
    internal abstract int ChunksTogether { get; }

    sealed record OneTransaction : CommitPolicy
    {
        internal override int ChunksTogether => 0;

        public override string ToString() => "all at once";
    }

    sealed record Chunks(int Together) : CommitPolicy
    {
        internal override int ChunksTogether => Together;

        public override string ToString() =>
            Together == 1 ? "each chunk" : string.Create(CultureInfo.InvariantCulture, $"every {Together} chunks");
    }
}
