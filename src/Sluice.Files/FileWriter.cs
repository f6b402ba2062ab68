using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using Sluice.Files.Detection;
using Sluice.Files.Writing;
using Sluice.Reading;
using Sluice.Rows;
using Sluice.Schema;

namespace Sluice.Files;

/// <summary>Writes rows to CSV, TSV and JSON Lines files, which <see cref="FileRows"/> reads back as they were.</summary>
/// <remarks>
/// In a delimited file nothing between two delimiters is NULL, and two quotes are the empty text. Times are written as ISO 8601 does, with all their
/// digits; numbers exactly; bytes as <c>\x</c> and hexadecimal digits; arrays in braces, in JSON as lists.
/// </remarks>
public static class FileWriter
{
    const int BlockRows = 256;
    const int BufferBytes = 64 * 1024;

    const DynamicallyAccessedMemberTypes RowMembers =
        DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicConstructors;

    /// <summary>Writes rows to a file.</summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <param name="rows">Read once, in order, and disposed.</param>
    /// <param name="path">The file. It has its name only when it is complete; what fails leaves nothing.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="progress">Told how far it is after every buffer.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <exception cref="FileSinkException">The file is there already or cannot be written, or a value has no place in it.</exception>
    public static async Task<FileWriteResult> WriteAsync<T>(
        RowSource<T> rows, string path, FileWriteOptions? options = null, IProgress<BulkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= FileWriteOptions.Default;
        await using var rowsDisposal = rows.ConfigureAwait(false);
        var file = OutputFile.Create(path, options.Overwrite);
        await using var fileDisposal = file.ConfigureAwait(false);
        var result = await WriteAsync(rows, file.Stream, path, options, progress, cancellationToken).ConfigureAwait(false);
        await file.KeepAsync(options.Overwrite).ConfigureAwait(false);
        return result;
    }

    /// <summary>Writes a sequence's rows to a file.</summary>
    /// <inheritdoc cref="WriteAsync{T}(RowSource{T}, string, FileWriteOptions?, IProgress{BulkProgress}?, CancellationToken)"/>
    public static Task<FileWriteResult> WriteAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        IEnumerable<T> rows, string path, FileWriteOptions? options = null, CancellationToken cancellationToken = default) =>
        WriteAsync(RowSource.From(rows), path, options, progress: null, cancellationToken);

    /// <summary>Writes the rows of an asynchronous sequence, as of a stream, to a file.</summary>
    /// <inheritdoc cref="WriteAsync{T}(RowSource{T}, string, FileWriteOptions?, IProgress{BulkProgress}?, CancellationToken)"/>
    public static Task<FileWriteResult> WriteAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        IAsyncEnumerable<T> rows, string path, FileWriteOptions? options = null, CancellationToken cancellationToken = default) =>
        WriteAsync(RowSource.From(rows), path, options, progress: null, cancellationToken);

    /// <summary>Writes rows to a stream.</summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <param name="rows">Read once, in order, and disposed.</param>
    /// <param name="stream">Left open.</param>
    /// <param name="name">What messages call it; its extensions count as a file's do.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="progress">Told how far it is after every buffer.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <exception cref="FileSinkException">The stream failed, or a value has no place in the format.</exception>
    public static async Task<FileWriteResult> WriteAsync<T>(
        RowSource<T> rows, Stream stream, string name, FileWriteOptions? options = null, IProgress<BulkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrEmpty(name);
        options ??= FileWriteOptions.Default;
        await using var disposal = rows.ConfigureAwait(false);
        var format = FormatOf(name, options);
        var delimiter = DelimiterOf(format, options);
        var table = TableOf(rows, format);
        var shape = rows.Bind(table);
        var encoder = new RecordEncoder(
            [.. shape.Fields.Select(f => (f.Name, table.TryGetColumn(f.Name, out var column) ? column.Type.Kind : SqlTypeKind.Text))], format, delimiter, options);
        if (options.HasHeader && format is not FileFormat.JsonLines)
            encoder.Header(shape.Fields.Select(f => f.Name));
        return await new Copying<T>(rows, shape, encoder, stream, Compress(stream, name, options), name, progress).RunAsync(cancellationToken).ConfigureAwait(false);
    }

    sealed class Copying<T>(RowSource<T> rows, RowShape<T> shape, RecordEncoder encoder, Stream stream, Stream output, string name, IProgress<BulkProgress>? progress)
    {
        readonly long _begun = Stopwatch.GetTimestamp();
        long _bytes;

        internal async Task<FileWriteResult> RunAsync(CancellationToken cancellationToken)
        {
            var block = new T[BlockRows];
            while (await rows.ReadAsync(block, cancellationToken).ConfigureAwait(false) is > 0 and var count)
            {
                Encode(block.AsSpan(0, count));
                if (encoder.Length >= BufferBytes)
                    await SendAsync(cancellationToken).ConfigureAwait(false);
            }
            await SendAsync(cancellationToken, isLast: true).ConfigureAwait(false);
            return new FileWriteResult(encoder.Ended, _bytes, Stopwatch.GetElapsedTime(_begun));
        }

        void Encode(ReadOnlySpan<T> block)
        {
            var sink = new FileValueSink(encoder);
            try
            {
                shape.Write(block, ref sink);
            }
            catch (ValueException refused)
            {
                var field = refused.Field >= 0 ? refused.Field : encoder.Field;
                throw Throw.NotWritten(name, encoder.Ended + 1, field < shape.Fields.Count ? shape.Fields[field].Name : null, refused);
            }
        }

        async Task SendAsync(CancellationToken cancellationToken, bool isLast = false)
        {
            try
            {
                await output.WriteAsync(encoder.Written, cancellationToken).ConfigureAwait(false);
                // What compresses ends its data when it is closed, and leaves the stream below open.
                if (isLast && output != stream)
                    await output.DisposeAsync().ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw Throw.OutputFailed(name, e);
            }
            _bytes += encoder.Length;
            encoder.Clear();
            progress?.Report(new BulkProgress(encoder.Ended, encoder.Ended, 0, 0, _bytes, Stopwatch.GetElapsedTime(_begun), rows.Progress));
        }
    }

    static FileFormat FormatOf(string name, FileWriteOptions options)
    {
        var format = options.Format is FileFormat.Auto ? FormatDetection.Format(name, default) : options.Format;
        return format is FileFormat.Auto ? FileFormat.Csv : format;
    }

    static char DelimiterOf(FileFormat format, FileWriteOptions options)
    {
        var delimiter = options.Delimiter ?? (format is FileFormat.Tsv ? '\t' : ',');
        return char.IsAsciiLetterOrDigit(delimiter) || char.IsSurrogate(delimiter) || delimiter is '"' or '\r' or '\n' or '\0' or '+' or '-' or '.' or ':' or '\\'
            ? throw new ArgumentException($"The delimiter {delimiter} is one of the characters that values are written with; set another one.", nameof(options))
            : delimiter;
    }

    // What rows are bound to: their own columns, with lists in place of arrays where those are what the format has.
    static Table TableOf(RowSource rows, FileFormat format)
    {
        var own = rows switch
        {
            DatabaseRows database => database.Describe("file", schema: null, []),
            FileRows file => file.Describe("file", schema: null, []),
            _ => rows.Table ?? new Table("file", schema: null, [Column.For(new Column<string>("value", SqlType.Text))], []),
        };
        return format is not FileFormat.JsonLines || rows is not DatabaseRows ? own
            : new Table(own.Name, schema: null, [.. own.Columns.Select(c => c.Type.Kind is SqlTypeKind.Array ? Column.For(new Column<object>(c.Name, SqlType.Json) { IsNullable = true }) : c)], []);
    }

    static Stream Compress(Stream stream, string name, FileWriteOptions options) =>
        (options.Compression is FileCompression.Auto ? FormatDetection.Compression(name, default) : options.Compression) switch
        {
            FileCompression.Gzip => new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true),
            FileCompression.Brotli => new BrotliStream(stream, CompressionLevel.Optimal, leaveOpen: true),
            _ => stream,
        };
}
