namespace Sluice.Tests.Loads;

/// <summary>What a chunk held when it was read.</summary>
sealed record ReadChunk<T>(bool IsInSourceOrder, T[] Rows, long[] Ordinals);
