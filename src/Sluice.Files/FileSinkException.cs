namespace Sluice.Files;

/// <summary>A file could not be written, or a value has no place in it.</summary>
/// <inheritdoc cref="BulkException(string, string, Exception?)"/>
public sealed class FileSinkException(string code, string message, Exception? innerException = null) : BulkException(code, message, innerException)
{
    /// <summary>The file's path, or the name that the stream was given.</summary>
    public required string Path { get; init; }

    /// <summary>The row at fault, from 1, or null where none is.</summary>
    public long? RowNumber { get; init; }

    /// <summary>The column at fault, or null.</summary>
    public string? Column { get; init; }
}
