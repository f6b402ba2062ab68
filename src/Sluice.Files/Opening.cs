using System.Text;
using Sluice.Files.Detection;
using Sluice.Files.Reading;
using Sluice.Schema;

namespace Sluice.Files;

/// <summary>Opens a file from its raw bytes to its columns: compression → encoding → format → dialect → header → types.</summary>
sealed class Opening(string path, FileReadOptions options, CancellationToken cancellationToken)
{
    const int DialectBytes = 64 << 10;
    const long SampleBytes = 4L << 20;
    const int BlockRows = 1_000;

    bool _hasMark;

    internal required RawInput Raw { get; init; }

    internal FileDialect? Dialect { get; private set; }

    internal RecordReader? Reader { get; private set; }

    internal FileColumn[] Columns { get; private set; } = [];

    internal FileRow[] Sample { get; private set; } = [];

    internal static FileStream OpenStream(string path)
    {
        if (Directory.Exists(path))
            throw Throw.Missing(path, isFolder: true);
        try
        {
            // Blocks are large already, so the stream buffers nothing itself.
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Throw.Missing(path, isFolder: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Throw.Unopened(path, e);
        }
    }

    internal void Run()
    {
        var compression = options.Compression is FileCompression.Auto ? FormatDetection.Compression(path, Raw.PeekHead()) : options.Compression;
        if (Raw.PeekHead().IsEmpty)
            throw Throw.Empty(path);
        var input = new Utf8Input(Decompress(compression), path);
        var text = SkipMark(input);
        var format = options.Format is FileFormat.Auto ? FormatDetection.Format(path, text) : options.Format;
        if (format is FileFormat.JsonLines)
            ReadJson(input, compression);
        else
            ReadDelimited(input, format, compression);
    }

    Stream Decompress(FileCompression compression) => compression switch
    {
        FileCompression.Gzip => new GzipInput(Raw, path),
        FileCompression.Brotli => new BrotliInput(Raw, path),
        _ => Raw,
    };

    ReadOnlySpan<byte> SkipMark(Utf8Input input)
    {
        var text = input.Peek(DialectBytes);
        if (FormatDetection.OtherEncoding(text) is { } encoding)
            throw Throw.OtherEncoding(path, encoding);
        _hasMark = FormatDetection.HasByteOrderMark(text);
        if (_hasMark)
            input.Advance(Encoding.UTF8.Preamble.Length);
        text = input.Available;
        return input.IsEnded && !text.ContainsAnyExcept(" \t\r\n"u8) ? throw Throw.Empty(path) : text;
    }

    void ReadJson(Utf8Input input, FileCompression compression)
    {
        var reader = new JsonLinesReader(input, options.MaxRowBytes);
        Reader = reader;
        Dialect = new FileDialect(FileFormat.JsonLines, compression, '\0', '\0', HasHeader: false, _hasMark);
        Sample = reader.Sample(options.SampleRows, SampleBytes);
        if (Sample.Length == 0)
            throw Throw.Empty(path);
        var evidence = TypeDetection.Gather(Sample, reader.Keys.Count);
        var types = new SqlType[evidence.Length];
        for (var i = 0; i < types.Length; i++)
            types[i] = TypeDetection.ForJson(evidence[i], reader.Kinds[i]);
        Columns = ColumnNaming.Name(path, line: Sample[0].Line, [.. reader.Keys], types, [.. evidence.Select(e => e.HasNulls)], options);
    }

    void ReadDelimited(Utf8Input input, FileFormat format, FileCompression compression)
    {
        var quote = options.Quote ?? '"';
        var delimiter = Delimiter(input, format, quote);
        if (options.Format is FileFormat.Auto)
            format = delimiter == '\t' ? FileFormat.Tsv : FileFormat.Csv;
        var reader = new DelimitedReader(input, delimiter, quote, options);
        Reader = reader;
        var rows = ReadSample(reader);
        var evidence = TypeDetection.Gather(rows.AsSpan(1), rows[0].Count);
        var hasHeader = options.HasHeader ?? HeaderDetection.HasHeader(rows, evidence);
        var headers = hasHeader ? reader.Headers! : [.. Enumerable.Range(1, rows[0].Count).Select(i => $"column{i}")];
        if (!hasHeader)
        {
            for (var i = 0; i < evidence.Length; i++)
                evidence[i].Add(rows[0], i);
        }
        reader.Headers = headers;
        Sample = hasHeader ? rows[1..] : rows;
        Dialect = new FileDialect(format, compression, delimiter, quote, hasHeader, _hasMark);
        Columns = ColumnNaming.Name(
            path, rows[0].Line, headers, [.. evidence.Select(e => e.Type)], [.. evidence.Select(e => e.HasNulls || Sample.Length == 0)], options);
    }

    char Delimiter(Utf8Input input, FileFormat format, char quote)
    {
        var preferred = format is FileFormat.Tsv ? '\t' : ',';
        if (options.Delimiter is { } delimiter)
            return delimiter;
        return options.Format is FileFormat.Tsv
            ? preferred
            : DelimiterDetection.Detect(Encoding.UTF8.GetString(input.Available), input.IsEnded, quote, preferred);
    }

    FileRow[] ReadSample(DelimitedReader reader)
    {
        var rows = new List<FileRow>();
        var block = new FileRow[BlockRows];
        // The first row alone: from then on its fields can be named.
        var count = reader.Read(block.AsSpan(0, 1));
        if (count == 0)
            throw Throw.Empty(path);
        if (options.HasHeader is not false)
            reader.Headers = [.. Enumerable.Range(0, block[0].Count).Select(i => block[0][i] ?? "")];
        while (count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            rows.AddRange(block.AsSpan(0, count));
            var wanted = Math.Min(BlockRows, options.SampleRows + 1L - rows.Count);
            count = wanted > 0 && reader.CharactersRead < SampleBytes ? reader.Read(block.AsSpan(0, (int)wanted)) : 0;
        }
        return [.. rows];
    }
}
