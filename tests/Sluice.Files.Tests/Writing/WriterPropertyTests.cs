using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Sluice.Files.Tests.Writing;

public class WriterPropertyTests
{
    static readonly Config s_config = Config.QuickThrowOnFailure.WithMaxTest(400);

    static readonly string[] s_pieces =
    [
        "", "a", "1", "-7", "00", "é", "€", "\U0001F600", "\"", "'", ",", ";", "\t", "|", "\n", "\r", "\r\n", " ", "x y", "NULL", "\\N", "\\", "=1+1", "@",
        "{", "[1]", "2024-01-01", "1.5", "true", "\uFEFF", "\u0001", "\u2028", "\u007f",
    ];

    static readonly Gen<string?> s_text = Gen.OneOf(
        Gen.Constant<string?>(null),
        Gen.Constant<string?>(""),
        Gen.Elements(s_pieces).ListOf().Select(pieces => (string?)string.Concat(pieces.Take(6))));

    static readonly Gen<string?[][]> s_table =
        from columns in Gen.Choose(1, 5)
        from rows in Gen.Choose(0, 700)
        from table in s_text.ArrayOf(columns).ArrayOf(rows)
        select table;

    static readonly Gen<FileWriteOptions> s_delimited =
        from delimiter in Gen.Elements(',', ';', '\t', '|', '~')
        from compression in Gen.Elements(FileCompression.None, FileCompression.Gzip, FileCompression.Brotli)
        from nullText in Gen.Elements(null, "NULL", "\\N")
        from hasHeader in Gen.Elements(true, false)
        select new FileWriteOptions { Format = FileFormat.Csv, Delimiter = delimiter, Compression = compression, NullText = nullText, HasHeader = hasHeader };

    [Fact]
    public void The_plainest_reading_finds_in_a_delimited_file_what_was_written() =>
        Check.One(s_config, Prop.ForAll(Arb.From(from table in s_table from options in s_delimited select (table, options)), t =>
        {
            var text = Encoding.UTF8.GetString(Written.Plain(Written.BytesAsync(Written.Texts(t.table), t.options).GetAwaiter().GetResult(), t.options.Compression));
            var read = ReferenceCsv.Parse(text, t.options.Delimiter!.Value, '"', isOneColumn: t.table is [[_], ..]).Skip(t.options.HasHeader ? 1 : 0);
            return Same(t.table.Select(row => row.Select(v => v ?? t.options.NullText).ToArray()), read);
        }));

    [Fact]
    public void A_delimited_file_is_read_back_by_what_is_detected_in_it() =>
        Check.One(s_config, Prop.ForAll(Arb.From(from table in s_table from options in s_delimited where options.Delimiter != '~' select (table, options)), t =>
        {
            var bytes = Written.BytesAsync(Written.Texts(t.table), t.options).GetAwaiter().GetResult();
            var name = "x.csv" + t.options.Compression switch { FileCompression.Gzip => ".gz", FileCompression.Brotli => ".br", _ => "" };
            var reading = new FileReadOptions { HasHeader = t.options.HasHeader, NullText = t.options.NullText };
            // Without a header and a row there is nothing in it, compressed or not, and that is told.
            if (t is { table.Length: 0, options.HasHeader: false })
                return Assert.Throws<FileSourceException>(() => TestFile.OpenAsync(bytes, reading, name).GetAwaiter().GetResult()).Code == "SLU0503";
            var file = TestFile.OpenAsync(bytes, reading, name).GetAwaiter().GetResult();
            return (t.table.Length == 0 || file.Columns.Count == t.table[0].Length) && Same(t.table, TestFile.ReadAsync(file).GetAwaiter().GetResult());
        }));

    [Fact]
    public void A_json_parser_finds_in_json_lines_what_was_written() =>
        Check.One(s_config, Prop.ForAll(Arb.From(s_table), table =>
        {
            var text = Written.TextAsync(Written.Texts(table), new() { Format = FileFormat.JsonLines }).GetAwaiter().GetResult();
            var lines = text.Split('\n');
            var read = lines[..^1].Select(line => JsonSerializer.Deserialize<Dictionary<string, string?>>(line)!.Values.ToArray());
            return lines[^1].Length == 0 && Same(table, read);
        }));

    [Fact]
    public void Json_lines_are_read_back_as_they_were_written() =>
        Check.One(s_config, Prop.ForAll(Arb.From(s_table), table =>
        {
            if (table.Length == 0)
                return true;
            var bytes = Written.BytesAsync(Written.Texts(table), new() { Format = FileFormat.JsonLines }, "x.jsonl.gz").GetAwaiter().GetResult();
            return Same(table, TestFile.ReadAsync(TestFile.OpenAsync(bytes, null, "x.jsonl.gz").GetAwaiter().GetResult()).GetAwaiter().GetResult());
        }));

    static bool Same(IEnumerable<string?[]> expected, IEnumerable<string?[]> read)
    {
        var wanted = expected.ToList();
        var got = read.ToList();
        return wanted.Count == got.Count && wanted.Zip(got).All(pair => pair.First.SequenceEqual(pair.Second, StringComparer.Ordinal));
    }
}
