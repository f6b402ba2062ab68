using System.Diagnostics;
using Sluice.Reading;
using Sluice.Rows;

namespace Sluice.Files.Writing;

/// <summary>The way of rows into one file: read a block, encode it, send what is a buffer full.</summary>
/// <param name="stream">Left open.</param>
/// <param name="output">The stream, or what compresses into it.</param>
/// <param name="place">What messages call it, and what is left of it by a failure.</param>
/// <param name="format">JSON Lines, or a delimited one.</param>
/// <param name="delimiter">The character between fields.</param>
/// <param name="options">The rest.</param>
sealed class FileCopy(Stream stream, Stream output, OutputPlace place, FileFormat format, char delimiter,
    FileWriteOptions options) : IRowSourceVisitor<FileWriteResult>
{
    const int BlockRows = 256;
    const int BufferBytes = 64 * 1024;

    readonly long _begun = Stopwatch.GetTimestamp();
    long _bytes;

    internal IProgress<BulkProgress>? Progress { get; init; }

    internal CancellationToken Stop { get; init; }

    public async Task<FileWriteResult> Visit<T>(RowSource<T> source)
    {
        var table = TableOf(source);
        var shape = source.Bind(table);
        var block = new T[BlockRows];
        var encoder = new RecordEncoder([.. shape.Fields.Select(f => (f.Name, KindOf(table, f)))], format, delimiter, options);
        if (options.HasHeader && format is not FileFormat.JsonLines)
            encoder.Header(shape.Fields.Select(f => f.Name));
        while (await source.ReadAsync(block, Stop).ConfigureAwait(false) is > 0 and var count)
        {
            Encode(shape, block.AsSpan(0, count), encoder);
            if (encoder.Length >= BufferBytes)
                await SendAsync(encoder, source).ConfigureAwait(false);
        }
        await SendAsync(encoder, source, isLast: true).ConfigureAwait(false);
        return new FileWriteResult(encoder.Ended, _bytes, Stopwatch.GetElapsedTime(_begun));
    }

    public Task<FileWriteResult> VisitRuns(IEnumerable<RowSource<object?[]>> runs) => throw OutputProblems.RowsOfManyShapes(place);

    void Encode<T>(RowShape<T> shape, ReadOnlySpan<T> block, RecordEncoder encoder)
    {
        var sink = new FileValueSink(encoder);
        try
        {
            shape.Write(block, ref sink);
        }
        catch (ValueException refused)
        {
            var field = refused.Field >= 0 ? refused.Field : encoder.Field;
            throw OutputProblems.NotWritten(place, encoder.Ended + 1, field < shape.Fields.Count ? shape.Fields[field].Name : null,
                refused);
        }
    }

    async Task SendAsync(RecordEncoder encoder, RowSource source, bool isLast = false)
    {
        try
        {
            await output.WriteAsync(encoder.Written, Stop).ConfigureAwait(false);
            // What compresses ends its data when it is closed, and leaves the stream below open.
            if (isLast && output != stream)
                await output.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw OutputProblems.OutputFailed(place, e);
        }
        _bytes += encoder.Length;
        encoder.Clear();
        Progress?.Report(new BulkProgress(encoder.Ended, encoder.Ended, 0, 0, _bytes, Stopwatch.GetElapsedTime(_begun), source.Progress));
    }

    static SqlTypeKind KindOf(Table table, RowField field) =>
        table.TryGetColumn(field.Name, out var column) ? column.Type.Kind : SqlTypeKind.Text;

    // What rows are bound to: their own columns, whose values stay what they are, with lists in place of arrays where those are what the
    // format has.
    Table TableOf(RowSource source)
    {
        var own = source switch
        {
            DatabaseRows database => database.Describe("file", schema: null, []),
            FileRows file => file.Describe("file", schema: null, []),
            _ => source.Table ?? new Table("file", schema: null, [Column.For(new Column<string>("value", SqlType.Text))], []),
        };
        return source is DatabaseRows ? new Table(own.Name, schema: null, [.. own.Columns.Select(AsWritten)], []) : own;
    }

    // Numbers among the texts of a column without a type stay numbers.
    Column AsWritten(Column column) => column.Type.Kind switch
    {
        SqlTypeKind.Text => Column.For(new Column<object>(column.Name, new SqlType(SqlTypeKind.Other)) { IsNullable = true }),
        SqlTypeKind.Array when format is FileFormat.JsonLines =>
            Column.For(new Column<object>(column.Name, SqlType.Json) { IsNullable = true }),
        _ => column,
    };
}
