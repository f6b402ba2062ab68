namespace Sluice;

/// <summary>One chunk's place in time.</summary>
/// <param name="Rows">The rows of the chunk.</param>
/// <param name="Start">When it began to be written, since the load began.</param>
/// <param name="Duration">How long encoding and sending took, with its commit where it had one.</param>
public readonly record struct ChunkTiming(int Rows, TimeSpan Start, TimeSpan Duration);
