using System.IO.Compression;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Sluice.Files.Tests;

public class PropertyTests
{
    static readonly Config s_config = Config.QuickThrowOnFailure.WithMaxTest(400);

    static readonly string[] s_pieces =
        ["", "a", "1", "-7", "00", "é", "€", "\U0001F600", "\0", "\"", "'", ",", ";", "\t", "|", "\n", "\r", "\r\n", " ", "x y", "NULL", "{", "2024-01-01", "1.5", "true", "\uFEFF"];

    static readonly Gen<string?> s_text = Gen.OneOf(
        Gen.Constant<string?>(null),
        Gen.Constant<string?>(""),
        Gen.Elements(s_pieces).ListOf().Select(pieces => (string?)string.Concat(pieces.Take(6))));

    static readonly Gen<Dialect> s_dialect =
        from delimiter in Gen.Elements(',', ';', '\t', '|', '~')
        from quote in Gen.Elements('"', '\'')
        from breaks in Gen.Elements("\n", "\r\n", "\r")
        from hasLastBreak in Gen.Elements(true, false)
        from quotesAll in Gen.Elements(true, false)
        from piece in Gen.Elements(1, 2, 3, 61, 100_000)
        from compression in Gen.Elements(FileCompression.None, FileCompression.Gzip, FileCompression.Brotli)
        select new Dialect(delimiter, quote, breaks, hasLastBreak, quotesAll, piece, compression);

    static readonly Gen<string?[][]> s_table =
        from columns in Gen.Choose(1, 5)
        from rows in Gen.Choose(0, 12)
        from table in s_text.ArrayOf(columns).ArrayOf(rows)
        select table;

    [Fact]
    public void Any_table_is_read_back_as_it_was_written_in_any_dialect() =>
        Check.One(s_config, Prop.ForAll(Arb.From(from table in s_table from dialect in s_dialect select (table, dialect)), t => ReadsBack(t.table, t.dialect)));

    [Fact]
    public void Null_and_empty_are_told_apart_as_the_plainest_reading_does() =>
        Check.One(s_config, Prop.ForAll(Arb.From(from table in s_table from dialect in s_dialect select (table, dialect)), t =>
        {
            var text = Write(t.table, t.dialect);
            var options = new FileReadOptions { HasHeader = true, Delimiter = t.dialect.Delimiter, Quote = t.dialect.Quote };
            var read = TestFile.ReadAsync(text, options).GetAwaiter().GetResult();
            return Same(ReferenceCsv.Parse(text, t.dialect.Delimiter, t.dialect.Quote).Skip(1), read);
        }));

    [Fact]
    public void A_detected_type_refuses_no_sampled_row() =>
        Check.One(s_config, Prop.ForAll(Arb.From(Gen.Elements(s_numbers).ArrayOf(4).ArrayOf()), table =>
        {
            string?[][] rows = [["x", "x", "x", "x"], .. table];
            using var file = new DisposedLater(TestFile.OpenAsync("a,b,c,d\n" + string.Concat(rows.Skip(1).Select(r => string.Join(',', r) + "\n")), new() { HasHeader = true, Delimiter = ',' }).GetAwaiter().GetResult());
            var values = TestFile.ValuesAsync(file.Rows, file.Rows.Describe("t", schema: null, [])).GetAwaiter().GetResult();
            return values.Count == table.Length * 4;
        }));

    static readonly string[] s_numbers =
    [
        "", "0", "-0", "7", "-2147483648", "2147483648", "9223372036854775808", "-1.5", ".5", "1e5", "1E-3", "1e400", "123456789012345678", "0.1234567890123456789",
        "1234567890123456789012345678901234567890.5", "007", "+1", "true", "FALSE", "yes", "2024-02-29", "2023-02-29", "2024/01/01 00:47", "2024-01-01T00:00:00.1234567",
        "2024-01-01T00:00:00Z", "0001-01-01T00:00:00+05", "2024-01-01 10:00-03:30", "7d444840-9dc0-11d1-b245-5ffdce74fad2", "x", "NaN", "12:00", "1.", "-", ".",
    ];

    [Fact]
    public void Json_lines_give_back_what_was_written() =>
        Check.One(s_config, Prop.ForAll(Arb.From(from table in s_table from piece in Gen.Elements(1, 7, 100_000) select (table, piece)), t =>
        {
            if (t.table.Length == 0)
                return true;
            var lines = t.table.Select(row => "{" + string.Join(',', row.Select((text, i) => $"\"c{i}\":{System.Text.Json.JsonSerializer.Serialize(text)}")) + "}\n");
            using var file = new DisposedLater(TestFile.OpenAsync(Encoding.UTF8.GetBytes(string.Concat(lines)), new() { SampleRows = 1 }, "x.jsonl", t.piece).GetAwaiter().GetResult());
            return Same(t.table, TestFile.ReadAsync(file.Rows).GetAwaiter().GetResult());
        }));

    static bool ReadsBack(string?[][] table, Dialect dialect)
    {
        var bytes = Compress(Encoding.UTF8.GetBytes(Write(table, dialect)), dialect.Compression);
        var options = new FileReadOptions { HasHeader = true, Delimiter = dialect.Delimiter, Quote = dialect.Quote, Compression = dialect.Compression, SampleRows = 5 };
        using var file = new DisposedLater(TestFile.OpenAsync(bytes, options, piece: dialect.Piece).GetAwaiter().GetResult());
        return Same(table, TestFile.ReadAsync(file.Rows).GetAwaiter().GetResult());
    }

    // In one column a last line without characters needs a break behind it to be one.
    static string Write(string?[][] table, Dialect dialect)
    {
        var columns = table.Length == 0 ? 1 : table[0].Length;
        var lines = table.Select(row => row.Select(text => Write(text, dialect))).Prepend(Enumerable.Range(1, columns).Select(i => $"c{i}"));
        var text = string.Join(dialect.Breaks, lines.Select(fields => string.Join(dialect.Delimiter, fields)));
        return dialect.HasLastBreak || table is [.., [null]] ? text + dialect.Breaks : text;
    }

    static string Write(string? text, Dialect dialect)
    {
        if (text is null)
            return "";
        var needsQuotes = dialect.QuotesAll || text.Length == 0 || text.AsSpan().ContainsAny([dialect.Delimiter, dialect.Quote, '\r', '\n']);
        var quote = dialect.Quote.ToString();
        return needsQuotes ? quote + text.Replace(quote, quote + quote, StringComparison.Ordinal) + quote : text;
    }

    static bool Same(IEnumerable<string?[]> expected, List<string?[]> read)
    {
        var wanted = expected.ToList();
        return wanted.Count == read.Count && wanted.Zip(read).All(pair => pair.First.SequenceEqual(pair.Second, StringComparer.Ordinal));
    }

    static byte[] Compress(byte[] bytes, FileCompression compression)
    {
        if (compression is FileCompression.None)
            return bytes;
        var memory = new MemoryStream();
        using (Stream stream = compression is FileCompression.Gzip ? new GZipStream(memory, CompressionLevel.Fastest) : new BrotliStream(memory, CompressionLevel.Fastest))
            stream.Write(bytes);
        return memory.ToArray();
    }

    sealed record Dialect(char Delimiter, char Quote, string Breaks, bool HasLastBreak, bool QuotesAll, int Piece, FileCompression Compression);

    sealed class DisposedLater(FileRows rows) : IDisposable
    {
        internal FileRows Rows => rows;

        public void Dispose() => rows.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
