namespace Sluice.Files;

/// <summary>A file could not be read, or its content is not what it should be.</summary>
/// <inheritdoc cref="BulkException(Failure, Exception?)"/>
public sealed class FileSourceException(Failure failure, Exception? innerException = null) : BulkException(failure, innerException)
{
    /// <summary>The file's path, or the name that the stream was given.</summary>
    public required string Path { get; init; }

    /// <summary>Whether the source itself failed (missing, truncated, an I/O error); otherwise its content is malformed.</summary>
    public bool IsUnreadable { get; init; }

    /// <summary>The line at fault, from 1, or null where none is.</summary>
    public long? Line { get; init; }

    /// <summary>The header of the column at fault, or null.</summary>
    public string? Column => Failure.ColumnName;

    /// <summary>The place of the first byte at fault in the decompressed file, from 0, or null.</summary>
    public long? ByteOffset { get; init; }
}
