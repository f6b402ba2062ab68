namespace Sluice;

/// <summary>How far a load has come.</summary>
/// <param name="Read">Rows read from the source.</param>
/// <param name="Sent">Rows sent to the database.</param>
/// <param name="Committed">Rows that are lasting; under <see cref="CommitPolicy.Atomic"/> none until the end.</param>
/// <param name="Chunks">Chunks sent.</param>
/// <param name="Bytes">Bytes sent, as encoded.</param>
/// <param name="Elapsed">Time since the load began.</param>
/// <param name="Source">How far the source has been read, where it can tell.</param>
public readonly record struct BulkProgress(long Read, long Sent, long Committed, int Chunks, long Bytes, TimeSpan Elapsed,
    SourceProgress? Source);

/// <summary>How far a source has been read.</summary>
/// <param name="Done">Bytes read so far, before decompression.</param>
/// <param name="Total">Bytes in all, or null where the source's length is unknown.</param>
public readonly record struct SourceProgress(long Done, long? Total);
