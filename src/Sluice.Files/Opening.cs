using System.Text;
using Sluice.Files.Detection;
using Sluice.Files.Reading;

namespace Sluice.Files;

/// <summary>Opens a file from its raw bytes to its columns: compression → encoding → format → dialect → header → types.</summary>
sealed class Opening(string path, FileReadOptions options, CancellationToken cancellationToken)
{
    const int DialectBytes = 64 << 10;

    /// <summary>The text that a sample reads at most.</summary>
    internal const long SampleBytes = 4L << 20;

    Utf8Input? _input;
    bool _hasMark;

    internal required RawInput Raw { get; init; }

    internal FileDialect? Dialect { get; private set; }

    internal RecordReader? Reader { get; set; }

    internal FileColumn[] Columns { get; private set; } = [];

    internal FileRow[] Sample { get; private set; } = [];

    /// <summary>
    /// Whether an empty field in quotes has no value where its column is no text: whoever quotes every field has no other way to say so.
    /// </summary>
    internal bool EmptyIsNull { get; private set; }

    internal static FileStream OpenStream(string path)
    {
        if (Directory.Exists(path))
            throw OpeningProblems.Missing(path, isFolder: true);
        try
        {
            // Blocks are large already, so the stream buffers nothing itself.
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0,
                FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw OpeningProblems.Missing(path, isFolder: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw OpeningProblems.Unopened(path, e);
        }
    }

    internal async Task RunAsync()
    {
        var head = await Raw.PeekHeadAsync(cancellationToken).ConfigureAwait(false);
        if (head.IsEmpty)
            throw OpeningProblems.Empty(path);
        if (BinaryFormat.Of(head.Span) is { } binary)
            throw OpeningProblems.NotText(path, binary);
        var compression = options.Compression is FileCompression.Auto ? FormatDetection.Compression(path, head.Span) : options.Compression;
        _input = new Utf8Input(Decompress(compression), path);
        await _input.PeekAsync(DialectBytes, cancellationToken).ConfigureAwait(false);
        SkipMark(_input);
        var format = options.Format is FileFormat.Auto ? FormatDetection.Format(path, _input.Available) : options.Format;
        if (format is FileFormat.JsonLines)
            await ReadJsonAsync(_input, compression).ConfigureAwait(false);
        else
            await new OpeningDelimited(this, _input, path, options, cancellationToken).ReadAsync(format, compression,
                _hasMark).ConfigureAwait(false);
    }

    /// <summary>Sets what was found.</summary>
    internal void Found(FileDialect dialect, FileColumn[] columns, FileRow[] sample, bool emptyIsNull)
    {
        Dialect = dialect;
        Columns = columns;
        Sample = sample;
        EmptyIsNull = emptyIsNull;
    }

    Stream Decompress(FileCompression compression) => compression switch
    {
        FileCompression.Gzip => new GzipInput(Raw, path),
        FileCompression.Brotli => new BrotliInput(Raw, path),
        _ => Raw,
    };

    void SkipMark(Utf8Input input)
    {
        var text = input.Available;
        if (FormatDetection.OtherEncoding(text) is { } encoding)
            throw OpeningProblems.OtherEncoding(path, encoding);
        if (BinaryFormat.Of(text) is { } binary)
            throw OpeningProblems.NotText(path, binary);
        if (BinaryFormat.IsNoText(text))
            throw OpeningProblems.NotText(path, format: null);
        _hasMark = FormatDetection.HasByteOrderMark(text);
        if (_hasMark)
            input.Advance(Encoding.UTF8.Preamble.Length);
        text = input.Available;
        // Lines without characters are rows only where someone says that the first one names no column.
        if (input.IsEnded && !text.ContainsAnyExcept(" \t\r\n"u8) && (options.HasHeader is not false || text.IsEmpty || text.ContainsAny(" \t"u8)))
            throw OpeningProblems.Empty(path);
    }

    async Task ReadJsonAsync(Utf8Input input, FileCompression compression)
    {
        var reader = new JsonLinesReader(input, options.MaxRowBytes);
        Reader = reader;
        var sample = await reader.SampleAsync(options.SampleRows, SampleBytes, cancellationToken).ConfigureAwait(false);
        if (sample.Length == 0)
            throw OpeningProblems.Empty(path);
        var evidence = TypeDetection.Gather(sample, reader.Keys.Count, emptyIsNull: false);
        var types = new SqlType[evidence.Length];
        for (var i = 0; i < types.Length; i++)
            types[i] = TypeDetection.ForJson(evidence[i], reader.Kinds[i]);
        Found(
            new FileDialect(FileFormat.JsonLines, compression, '\0', '\0', HasHeader: false, _hasMark),
            ColumnNaming.Name(path, line: sample[0].Line, [.. reader.Keys], types, [.. evidence.Select(e => e.HasNulls)], options),
            sample,
            emptyIsNull: false);
    }
}
