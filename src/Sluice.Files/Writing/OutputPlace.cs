namespace Sluice.Files.Writing;

/// <summary>Where rows are written, as messages tell of it.</summary>
/// <param name="Name">The path, or the name that the stream was given.</param>
/// <param name="IsFile">Whether it takes its name when it is complete; a stream and a device have what was written before.</param>
readonly record struct OutputPlace(string Name, bool IsFile)
{
    /// <summary>What a failure leaves.</summary>
    internal Kept Left => IsFile ? Kept.FileAsBefore : Kept.PartWritten;
}
