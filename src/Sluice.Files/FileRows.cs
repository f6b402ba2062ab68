using Sluice.Rows;
using Sluice.Schema;

namespace Sluice.Files;

/// <summary>The rows of a CSV, TSV or JSON Lines file, plain or compressed.</summary>
/// <remarks>Read once, in order, in bounded memory. Fields stay text until they are written: the target column's type parses them.</remarks>
public sealed class FileRows : RowSource<FileRow>
{
    FileRows(string name, FileDialect dialect, IReadOnlyList<FileColumn> columns)
    {
        Name = name;
        Dialect = dialect;
        Columns = columns;
    }

    /// <summary>The file's name without its folder.</summary>
    public override string Name { get; }

    /// <summary>How the file is written.</summary>
    public FileDialect Dialect { get; }

    /// <summary>The columns, in the file's order.</summary>
    public IReadOnlyList<FileColumn> Columns { get; }

    /// <summary>The rows that dialect and types were detected from.</summary>
    public long SampledRows { get; }

    /// <summary>The name of the table that a load without one creates: the file's name without its extensions.</summary>
    public string TableName => Name;

    /// <summary>Opens a file, and detects its dialect and the types of its columns.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the reading of the sample.</param>
    /// <exception cref="FileSourceException">The file cannot be read, or its first rows are malformed.</exception>
    /// <exception cref="BulkPlanException">The options name headers that the file lacks.</exception>
    public static Task<FileRows> OpenAsync(string path, FileReadOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException(path);

    /// <summary>Reads a stream as a file.</summary>
    /// <param name="stream">Read to its end and closed with the source.</param>
    /// <param name="name">What messages call it; its extensions count as a file's do.</param>
    /// <param name="length">The bytes in the stream, or null where that is unknown.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the reading of the sample.</param>
    /// <inheritdoc cref="OpenAsync(string, FileReadOptions?, CancellationToken)"/>
    public static Task<FileRows> OpenAsync(
        Stream stream, string name, long? length, FileReadOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException(name);

    /// <summary>Describes a table for the file's columns, to create it.</summary>
    /// <param name="table">The table's name.</param>
    /// <param name="schema">The schema, or null for the connection's default.</param>
    /// <param name="key">The names of the primary key's columns, which become NOT NULL; empty for none.</param>
    /// <exception cref="BulkPlanException">The file has no column of a name in <paramref name="key"/>.</exception>
    public Table Describe(string table, string? schema, IReadOnlyList<string> key) => throw new NotSupportedException(table);

    /// <inheritdoc/>
    public override RowShape<FileRow> Bind(Table target) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<FileRow> rows, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override string? Locate(in FileRow row) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Name} line {row.Line}");
}
