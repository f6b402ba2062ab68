using System.Text;
using Sluice.Files.Detection;
using Sluice.Files.Reading;

namespace Sluice.Files;

/// <summary>The part of opening that only delimited text has: delimiter → sample → header → types.</summary>
sealed class OpeningDelimited(Opening opening, Utf8Input input, string path, FileReadOptions options, CancellationToken cancellationToken)
{
    const int BlockRows = 1_000;

    internal async Task ReadAsync(FileFormat format, FileCompression compression, bool hasMark)
    {
        var quote = options.Quote ?? '"';
        var delimiter = Delimiter(format, quote);
        if (options.Format is FileFormat.Auto)
            format = delimiter == '\t' ? FileFormat.Tsv : FileFormat.Csv;
        var reader = new DelimitedReader(input, delimiter, quote, options);
        opening.Reader = reader;
        var rows = await SampleAsync(reader).ConfigureAwait(false);
        var emptyIsNull = reader.IsFullyQuoted;
        var sample = rows.Where((row, i) => i > 0 && !reader.Repeated.Contains(row.Line)).ToArray();
        var evidence = TypeDetection.Gather(sample, rows[0].Count, emptyIsNull);
        var hasHeader = options.HasHeader ?? HeaderDetection.HasHeader(rows[0], sample, evidence);
        if (hasHeader)
        {
            reader.PassesRepeated = true;
            CutLast(reader, ref sample, ref evidence);
        }
        else
        {
            sample = rows[0].Count == 1 ? [.. reader.BlankLines.Select(reader.Blank), .. rows] : rows;
            evidence = TypeDetection.Gather(sample, rows[0].Count, emptyIsNull);
            reader.Headers = [.. Enumerable.Range(1, rows[0].Count).Select(NumberedName)];
        }
        opening.Found(
            new FileDialect(format, compression, delimiter, quote, hasHeader, hasMark),
            ColumnNaming.Name(
                path, rows[0].Line, Named(reader.Headers!), [.. evidence.Select(e => e.Type)], [.. evidence.Select(e => e.HasNulls || sample.Length == 0)], options),
            sample,
            emptyIsNull);
    }

    char Delimiter(FileFormat format, char quote)
    {
        var preferred = format is FileFormat.Tsv ? '\t' : ',';
        if (options.Delimiter is { } delimiter)
            return delimiter;
        return options.Format is FileFormat.Tsv
            ? preferred
            : DelimiterDetection.Detect(Encoding.UTF8.GetString(input.Available), input.IsEnded, quote, preferred);
    }

    async Task<FileRow[]> SampleAsync(DelimitedReader reader)
    {
        var rows = new List<FileRow>();
        var block = new FileRow[BlockRows];
        // The first row alone: from then on its fields can be named.
        var count = await reader.ReadAsync(block.AsMemory(0, 1), cancellationToken).ConfigureAwait(false);
        if (count == 0 && options.HasHeader is false && reader.BlankLines is [.., var line])
        {
            // Nothing but lines without characters, of which the last is taken for the first row here.
            reader.BlankLines.RemoveAt(reader.BlankLines.Count - 1);
            return [reader.Blank(line)];
        }
        if (count == 0)
            throw OpeningProblems.Empty(path);
        if (options.HasHeader is not false)
            reader.Headers = [.. Enumerable.Range(0, block[0].Count).Select(i => block[0][i] ?? "")];
        while (count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            rows.AddRange(block.AsSpan(0, count));
            var wanted = Math.Min(BlockRows, options.SampleRows + 1L - rows.Count);
            count = wanted > 0 && reader.CharactersRead < Opening.SampleBytes
                ? await reader.ReadAsync(block.AsMemory(0, (int)wanted), cancellationToken).ConfigureAwait(false)
                : 0;
        }
        return [.. rows];
    }

    // A delimiter that ends every line makes no column.
    static void CutLast(DelimitedReader reader, ref FileRow[] sample, ref ColumnEvidence[] evidence)
    {
        var columns = reader.Headers!.Count - 1;
        if (columns == 0 || !string.IsNullOrWhiteSpace(reader.Headers[^1]) || evidence[^1].HasValues)
            return;
        reader.ColumnsBeforeEnd = columns;
        reader.Headers = [.. reader.Headers.Take(columns)];
        sample = [.. sample.Select(row => row.First(columns))];
        evidence = evidence[..columns];
    }

    // An index that was written without a name, as some writers do, is the only column without one.
    static IReadOnlyList<string> Named(IReadOnlyList<string> headers) =>
        string.IsNullOrWhiteSpace(headers[0]) && headers.Count(string.IsNullOrWhiteSpace) == 1 && headers.Count > 1
            && !headers.Contains(NumberedName(1))
            ? [NumberedName(1), .. headers.Skip(1)]
            : headers;

    static string NumberedName(int column) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"column{column}");
}
