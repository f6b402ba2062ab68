using System.IO.Compression;
using System.Text;

namespace Sluice.Files.Tests;

public class CompressionTests
{
    const int Rows = 20_000;

    static readonly byte[] s_text = Encoding.UTF8.GetBytes(
        "id,hash\n" + string.Concat(Enumerable.Range(0, Rows).Select(i => $"{i},{Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(i)))}\n")));

    static readonly byte[] s_gzip = Compress(s_text, s => new GZipStream(s, CompressionLevel.Fastest));
    static readonly byte[] s_brotli = Compress(s_text, s => new BrotliStream(s, CompressionLevel.Fastest));

    [Fact]
    public async Task Gzip_is_known_by_its_first_bytes_and_brotli_by_its_name()
    {
        Assert.Equal((FileCompression.Gzip, Rows), await ReadAsync(s_gzip, "x.csv"));
        Assert.Equal((FileCompression.Gzip, Rows), await ReadAsync(s_gzip, "x.csv.gz"));
        Assert.Equal((FileCompression.Brotli, Rows), await ReadAsync(s_brotli, "x.csv.br"));
        Assert.Equal((FileCompression.Brotli, Rows), await ReadAsync(s_brotli, "x.csv", FileCompression.Brotli));
        Assert.Equal((FileCompression.None, Rows), await ReadAsync(s_text, "x.csv"));
    }

    [Fact]
    public async Task Members_of_gzip_follow_each_other()
    {
        var half = s_text.AsSpan().LastIndexOf("\n10000,"u8) + 1;
        byte[] members = [.. Gzip(s_text[..half]), .. Gzip([]), .. Gzip(s_text[half..])];

        Assert.Equal((FileCompression.Gzip, Rows), await ReadAsync(members, "x.csv.gz"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(511)]
    [InlineData(200_000)]
    public async Task Zeros_behind_gzip_are_padding(int zeros) =>
        Assert.Equal((FileCompression.Gzip, Rows), await ReadAsync([.. s_gzip, .. new byte[zeros]], "x.csv.gz"));

    [Fact]
    public async Task Anything_else_behind_compressed_data_is_refused()
    {
        var broken = (byte[])s_gzip.Clone();
        broken[0] = 0x1e;
        foreach (var tail in new byte[][] { [1], [0x1f], [1, 2, 3, 0, 0], [0, 0, 7], broken, [0, .. s_gzip] })
            Assert.True((await UnreadableAsync([.. s_gzip, .. tail], "x.csv.gz")).IsUnreadable);
        Assert.Equal("SLU0527", (await UnreadableAsync([.. s_brotli, 1], "x.csv.br")).Code);
    }

    // The end of a gzip file is its checksum and length; the start is a header of ten bytes.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(100)]
    [InlineData(100_000)]
    [InlineData(int.MaxValue)]
    public async Task Gzip_that_breaks_off_is_never_taken_for_the_whole(int missing)
    {
        var e = await UnreadableAsync(s_gzip[..Math.Max(s_gzip.Length - missing, 4)], "x.csv.gz");

        Assert.Equal(("SLU0525", true), (e.Code, e.IsUnreadable));
        Assert.Contains("breaks off", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_later_member_that_breaks_off_is_noticed()
    {
        foreach (var length in new[] { 1, 2, 3, 10, 18, 1_000 })
            Assert.True((await UnreadableAsync([.. s_gzip, .. s_gzip[..length]], "x.csv.gz")).IsUnreadable);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(100_000)]
    public async Task Brotli_that_breaks_off_is_never_taken_for_the_whole(int missing) =>
        Assert.Contains("breaks off", (await UnreadableAsync(s_brotli[..^missing], "x.csv.br")).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Damaged_data_is_refused()
    {
        foreach (var (bytes, name) in new[] { (s_gzip, "x.csv.gz"), (s_brotli, "x.csv.br") })
        {
            var damaged = (byte[])bytes.Clone();
            // What the damage makes of the text may be refused before the decoder notices; it is never loaded.
            damaged.AsSpan(damaged.Length / 2, 64).Fill(0xFF);
            await UnreadableAsync(damaged, name);
        }
        var checksum = (byte[])s_gzip.Clone();
        checksum[^6] ^= 1;
        Assert.True((await UnreadableAsync(checksum, "x.csv.gz")).IsUnreadable);
    }

    [Fact]
    public async Task A_name_that_promises_compression_is_held_to_it() =>
        Assert.Equal("SLU0526", (await UnreadableAsync(s_text, "x.csv.gz")).Code);

    static async Task<(FileCompression Compression, int Rows)> ReadAsync(byte[] bytes, string name, FileCompression compression = FileCompression.Auto)
    {
        await using var file = await TestFile.OpenAsync(bytes, new() { Compression = compression, SampleRows = 100 }, name);
        var rows = await TestFile.RowsAsync(file, block: 1_000);
        for (var i = 0; i < rows.Count; i++)
            Assert.Equal(i.ToString(System.Globalization.CultureInfo.InvariantCulture), rows[i][0]);
        return (file.Dialect.Compression, rows.Count);
    }

    static async Task<FileSourceException> UnreadableAsync(byte[] bytes, string name) =>
        await Assert.ThrowsAsync<FileSourceException>(() => ReadAsync(bytes, name));

    static byte[] Gzip(byte[] bytes) => Compress(bytes, s => new GZipStream(s, CompressionLevel.Fastest));

    static byte[] Compress(byte[] bytes, Func<Stream, Stream> open)
    {
        var memory = new MemoryStream();
        using (var stream = open(memory))
            stream.Write(bytes);
        return memory.ToArray();
    }
}
