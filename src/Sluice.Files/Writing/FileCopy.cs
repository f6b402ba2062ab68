using System.Diagnostics;
using Sluice.Reading;
using Sluice.Rows;
using Sluice.Schema;

namespace Sluice.Files.Writing;

/// <summary>The way of rows into one file: read a block, encode it, send what is a buffer full.</summary>
sealed class FileCopy(Stream stream, Stream output, string name, FileFormat format, char delimiter, FileWriteOptions options) : IRowSourceVisitor<FileWriteResult>
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

    public Task<FileWriteResult> VisitRuns(IEnumerable<RowSource<object?[]>> runs) => throw Throw.RowsOfManyShapes(name);

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
            throw Throw.NotWritten(name, encoder.Ended + 1, field < shape.Fields.Count ? shape.Fields[field].Name : null, refused);
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
            throw Throw.OutputFailed(name, e);
        }
        _bytes += encoder.Length;
        encoder.Clear();
        Progress?.Report(new BulkProgress(encoder.Ended, encoder.Ended, 0, 0, _bytes, Stopwatch.GetElapsedTime(_begun), source.Progress));
    }

    static SqlTypeKind KindOf(Table table, RowField field) => table.TryGetColumn(field.Name, out var column) ? column.Type.Kind : SqlTypeKind.Text;

    // What rows are bound to: their own columns, with lists in place of arrays where those are what the format has.
    Table TableOf(RowSource source)
    {
        var own = source switch
        {
            DatabaseRows database => database.Describe("file", schema: null, []),
            FileRows file => file.Describe("file", schema: null, []),
            _ => source.Table ?? new Table("file", schema: null, [Column.For(new Column<string>("value", SqlType.Text))], []),
        };
        return format is not FileFormat.JsonLines || source is not DatabaseRows ? own : new Table(own.Name, schema: null, [.. own.Columns.Select(AsList)], []);
    }

    static Column AsList(Column column) =>
        column.Type.Kind is SqlTypeKind.Array ? Column.For(new Column<object>(column.Name, SqlType.Json) { IsNullable = true }) : column;
}
