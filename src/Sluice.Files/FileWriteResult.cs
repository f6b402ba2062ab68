namespace Sluice.Files;

/// <summary>What was written to a file.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Bytes">The bytes, before compression.</param>
/// <param name="Elapsed">The time that it took.</param>
public sealed record FileWriteResult(long Rows, long Bytes, TimeSpan Elapsed);
