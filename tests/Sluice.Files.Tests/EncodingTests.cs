using System.Text;

namespace Sluice.Files.Tests;

public class EncodingTests
{
    [Theory]
    [InlineData("test.csv", "a,b\n1,é\n")]
    [InlineData("test.jsonl", """{"a":1,"b":"é"}""")]
    public async Task A_byte_order_mark_is_not_part_of_the_text(string name, string text)
    {
        await using var file = await TestFile.OpenAsync([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)], options: null, name);

        Assert.True(file.Dialect.HasByteOrderMark);
        Assert.Equal(["a", "b"], file.Columns.Select(c => c.Name));
        Assert.Equal([["1", "é"]], await TestFile.ReadAsync(file));
    }

    [Fact]
    public async Task A_mark_within_the_text_is_text() =>
        Assert.Equal([["\uFEFFx"]], await TestFile.ReadAsync("a\n\uFEFFx\n"));

    // A stray continuation, an overlong form, a lone surrogate, a value beyond the last, a sequence cut off by a line or the end.
    [Theory]
    [InlineData(new byte[] { 0x80 })]
    [InlineData(new byte[] { 0xC0, 0xAF })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xF4, 0x90, 0x80, 0x80 })]
    [InlineData(new byte[] { 0xE2, 0x82 })]
    [InlineData(new byte[] { 0xE9 })]
    public async Task Bytes_that_are_not_utf8_are_refused_with_their_offset_and_line(byte[] bad)
    {
        foreach (var (name, head, tail) in new[] { ("t.csv", "a,b\n1,\"é\n\"\n3,x", "\n4,y\n"), ("t.csv", "a,b\n1,é\n2,u\n3,x", ""), ("t.jsonl", "{\"a\":1}\n{\"a\":2}\n\n{\"a\":\"é", "\"}\n") })
        {
            var before = Encoding.UTF8.GetBytes(head);

            var e = await TestFile.RefusedAsync([.. before, .. bad, .. Encoding.UTF8.GetBytes(tail)], options: null, name);

            Assert.Equal(("SLU0504", 4L, (long)before.Length), (e.Code, e.Line, e.ByteOffset));
            Assert.Contains("iconv", e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_offset_counts_from_the_start_of_the_file_mark_and_buffers_included()
    {
        var head = Encoding.UTF8.GetBytes("a,b\n" + string.Concat(Enumerable.Repeat("1,xé\n", 50_000)));

        var e = await TestFile.RefusedAsync([.. Encoding.UTF8.Preamble, .. head, 0xFF, (byte)'\n']);

        Assert.Equal((head.Length + 3L, 50_002L), (e.ByteOffset, e.Line));
    }

    [Theory]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-32", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", false)]
    public async Task Other_unicode_encodings_are_named_and_refused(string encodingName, bool hasMark)
    {
        var encoding = Encoding.GetEncoding(encodingName);
        byte[] text = [.. hasMark ? encoding.GetPreamble() : [], .. encoding.GetBytes("name,city\nx,y\n")];

        var e = await TestFile.RefusedAsync(text);

        Assert.Equal("SLU0505", e.Code);
        Assert.Contains("UTF-" + encodingName[4..6], e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Characters_may_be_cut_by_the_pieces_of_a_pipe(int piece)
    {
        var text = "a,b\n" + string.Concat(Enumerable.Repeat("é,\"€\U0001F600\"\n", 500));
        await using var file = await TestFile.OpenAsync(Encoding.UTF8.GetBytes(text), new() { SampleRows = 3 }, piece: piece);

        var rows = await TestFile.ReadAsync(file);

        Assert.Equal(500, rows.Count);
        Assert.All(rows, row => Assert.Equal(new string?[] { "é", "€\U0001F600" }, row));
    }
}
