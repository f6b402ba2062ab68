using System.IO.Compression;
using System.Text;
using Sluice.Rows;

namespace Sluice.Files.Tests.Writing;

/// <summary>Writes rows to memory, and reads what was written without Sluice.</summary>
static class Written
{
    internal static async Task<byte[]> BytesAsync(RowSource rows, FileWriteOptions options, string name = "out")
    {
        using var memory = new MemoryStream();
        await FileWriter.WriteAsync(rows, memory, name, options, cancellationToken: TestContext.Current.CancellationToken);
        return memory.ToArray();
    }

    internal static async Task<string> TextAsync(RowSource rows, FileWriteOptions options, string name = "out") =>
        Encoding.UTF8.GetString(await BytesAsync(rows, options, name));

    internal static RowSource Texts(string?[][] rows) =>
        RowSource.From([.. Enumerable.Range(1, rows.Length == 0 ? 2 : rows[0].Length).Select(i => $"c{i}")], rows.Select(row => row.ToArray<object?>()));

    internal static byte[] Plain(byte[] bytes, FileCompression compression)
    {
        if (compression is FileCompression.None)
            return bytes;
        using Stream stream = compression is FileCompression.Gzip
            ? new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress)
            : new BrotliStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        stream.CopyTo(plain);
        return plain.ToArray();
    }
}
