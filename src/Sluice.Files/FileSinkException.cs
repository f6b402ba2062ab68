namespace Sluice.Files;

/// <summary>A file could not be written, or a value has no place in it.</summary>
/// <inheritdoc cref="BulkException(Failure, Exception?)"/>
public sealed class FileSinkException(Failure failure, Exception? innerException = null) : BulkException(failure, innerException)
{
    /// <summary>The file's path, or the name that the stream was given.</summary>
    public required string Path { get; init; }

    /// <summary>The row at fault, from 1, or null where none is.</summary>
    public long? RowNumber => Failure.RowNumber;

    /// <summary>The column at fault, or null.</summary>
    public string? Column => Failure.ColumnName;
}
