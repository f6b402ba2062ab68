using System.Globalization;
using Sluice.Files.Detection;
using Sluice.Files.Reading;
using Sluice.Rows;

namespace Sluice.Files;

/// <summary>The rows of a CSV, TSV or JSON Lines file, plain or compressed.</summary>
/// <remarks>
/// Read once, in order, in bounded memory. Fields stay text until they are written: the target column's type parses them.
/// </remarks>
public sealed class FileRows : RowSource<FileRow>
{
    readonly RawInput _raw;
    readonly RecordReader _reader;
    readonly FileReadOptions _options;
    readonly bool _emptyIsNull;
    FileRow[] _sample;
    int _sampleTaken;
    bool _isDescribed;

    FileRows(string path, FileReadOptions options, Opening opened)
    {
        Name = Path.GetFileName(path) is { Length: > 0 } name ? name : path;
        TableName = FormatDetection.BareName(path);
        Dialect = opened.Dialect!;
        Columns = opened.Columns;
        SampledRows = opened.Sample.Length;
        (_raw, _reader, _sample, _options, _emptyIsNull) = (opened.Raw, opened.Reader!, opened.Sample, options, opened.EmptyIsNull);
    }

    /// <summary>The file's name without its folder.</summary>
    public override string Name { get; }

    /// <summary>Bytes read so far, before decompression, of those that the file has.</summary>
    public override SourceProgress? Progress => new(_raw.BytesRead, _raw.TotalBytes);

    /// <summary>How the file is written.</summary>
    public FileDialect Dialect { get; }

    /// <summary>The columns, in the file's order.</summary>
    public IReadOnlyList<FileColumn> Columns { get; }

    /// <summary>The rows that dialect and types were detected from.</summary>
    public long SampledRows { get; }

    /// <summary>The name of the table that a load without one creates: the file's name without its extensions.</summary>
    public string TableName { get; }

    /// <summary>Opens a file, and detects its dialect and the types of its columns.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the reading of the sample.</param>
    /// <exception cref="FileSourceException">The file cannot be read, or its first rows are malformed.</exception>
    /// <exception cref="BulkPlanException">The options name headers that the file lacks.</exception>
    public static Task<FileRows> OpenAsync(string path, FileReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options = Checked(options);
        return Task.Run(
            () =>
            {
                var stream = Opening.OpenStream(path);
                var isDisk = stream.CanSeek;
                return OpenAsync(new RawInput(stream, path, isDisk && stream.Length > 0 ? stream.Length : null, isDisk), path, options,
                    cancellationToken);
            },
            cancellationToken);
    }

    /// <summary>Reads a stream as a file.</summary>
    /// <param name="stream">Read to its end, asynchronously only, and closed with the source.</param>
    /// <param name="name">What messages call it; its extensions count as a file's do.</param>
    /// <param name="length">The bytes in the stream, or null where that is unknown. A stream that ends before them is refused.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the reading of the sample.</param>
    /// <inheritdoc cref="OpenAsync(string, FileReadOptions?, CancellationToken)"/>
    public static Task<FileRows> OpenAsync(
        Stream stream, string name, long? length, FileReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrEmpty(name);
        options = Checked(options);
        return Task.Run(() => OpenAsync(new RawInput(stream, name, length, isFile: false), name, options, cancellationToken),
            cancellationToken);
    }

    static FileReadOptions Checked(FileReadOptions? options)
    {
        options ??= new();
        return options.Delimiter is { } delimiter && delimiter == (options.Quote ?? '"')
            ? throw new ArgumentException($"The delimiter and the quote are both {delimiter}; set different characters.", nameof(options))
            : options;
    }

    static async Task<FileRows> OpenAsync(RawInput raw, string path, FileReadOptions options, CancellationToken cancellationToken)
    {
        try
        {
            var opening = new Opening(path, options, cancellationToken) { Raw = raw };
            await opening.RunAsync().ConfigureAwait(false);
            return new FileRows(path, options, opening);
        }
        catch
        {
            await raw.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Describes a table for the file's columns, to create it.</summary>
    /// <param name="table">The table's name.</param>
    /// <param name="schema">The schema, or null for the connection's default.</param>
    /// <param name="key">The names of the primary key's columns, which become NOT NULL; empty for none.</param>
    /// <exception cref="BulkPlanException">The file has no column of a name in <paramref name="key"/>.</exception>
    public Table Describe(string table, string? schema, IReadOnlyList<string> key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var unknown = key.Where(k => !Columns.Any(c => string.Equals(c.Name, k, StringComparison.Ordinal))).ToList();
        if (unknown.Count > 0)
            throw OpeningProblems.UnknownHeaders(Name, "the key names", unknown, Columns.Select(c => c.Name));
        _isDescribed = true;
        var columns = Columns.Select(c => Column.For(new Column<string>(c.Name, c.Type) { IsNullable = !key.Contains(c.Name, StringComparer.Ordinal) }));
        var names = Columns.Select(c => c.Name).ToList();
        return new Table(table, schema, [.. columns], [.. key.Select(k => names.IndexOf(k))]);
    }

    /// <inheritdoc/>
    public override RowShape<FileRow> Bind(Table target)
    {
        ArgumentNullException.ThrowIfNull(target);
        var fields = new RowField[Columns.Count];
        var rules = new FieldRule[fields.Length];
        for (var i = 0; i < fields.Length; i++)
        {
            // A name that no column has stays as it is, for the plan to list with all others.
            var match = target.FindColumn(Columns[i].Name);
            fields[i] = new RowField(match?.Name ?? Columns[i].Name, typeof(string)) { IsParsed = true, Origin = Columns[i].Header };
            rules[i] = Rule(Columns[i], match?.Type ?? SqlType.Text);
        }
        return new FileShape(fields, rules);
    }

    FieldRule Rule(FileColumn column, SqlType target)
    {
        if (ColumnNaming.Find(_options.Types, column.Header) is not null)
            return new FieldRule(target, KeepsText: false, Sampled: null, IsNullIfEmpty(target));
        var isDetected = column.Type.Kind == target.Kind;
        var keepsText = isDetected
            || (IsWhole(column.Type.Kind) && (IsWhole(target.Kind) || target.Kind is SqlTypeKind.Numeric));
        return new FieldRule(target, keepsText, isDetected && _isDescribed ? SampledRows : null, IsNullIfEmpty(target));
    }

    bool IsNullIfEmpty(SqlType target) =>
        _emptyIsNull && target.Kind is not (SqlTypeKind.Text or SqlTypeKind.VarChar or SqlTypeKind.Char or SqlTypeKind.Other);

    static bool IsWhole(SqlTypeKind kind) => kind is SqlTypeKind.SmallInt or SqlTypeKind.Integer or SqlTypeKind.BigInt;

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<FileRow> rows, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var count = Math.Min(rows.Length, _sample.Length - _sampleTaken);
        if (count > 0)
        {
            _sample.AsMemory(_sampleTaken, count).CopyTo(rows);
            _sampleTaken += count;
            return new(count);
        }
        // The sampled rows have been passed on; nothing here needs them any more.
        (_sample, _sampleTaken) = ([], 0);
        return _reader.ReadAsync(rows, cancellationToken);
    }

    /// <inheritdoc/>
    public override long? BytesOf(ReadOnlySpan<FileRow> rows)
    {
        var bytes = 0L;
        foreach (ref readonly var row in rows)
            bytes += row.Bytes;
        return bytes;
    }

    /// <inheritdoc/>
    /// <value>True for JSON Lines: a line may lack a key that others have.</value>
    public override bool MayLeaveOut => Dialect.Format is FileFormat.JsonLines;

    /// <inheritdoc/>
    public override bool LeavesOut(in FileRow row, int field) => row.LeavesOut(field);

    /// <inheritdoc/>
    public override string? Locate(in FileRow row) => string.Create(CultureInfo.InvariantCulture, $"{Name} line {row.Line}");

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await _reader.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }
}
