namespace Sluice;

/// <summary>How far a source has been read.</summary>
/// <param name="Done">Bytes read so far, before decompression.</param>
/// <param name="Total">Bytes in all, or null where the source's length is unknown.</param>
public readonly record struct SourceProgress(long Done, long? Total);
