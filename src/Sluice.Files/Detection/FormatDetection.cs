using System.Text;

namespace Sluice.Files.Detection;

/// <summary>Reads what a file's name and its first bytes say of its format, compression and encoding.</summary>
static class FormatDetection
{
    internal static FileCompression Compression(string name, ReadOnlySpan<byte> head) =>
        head is [0x1f, 0x8b, ..] ? FileCompression.Gzip
        : Path.GetExtension(name).ToLowerInvariant() switch
        {
            ".gz" => FileCompression.Gzip,
            ".br" => FileCompression.Brotli,
            _ => FileCompression.None,
        };

    /// <summary>The file's name without the extensions that say how it is written.</summary>
    internal static string BareName(string name)
    {
        var bare = Path.GetFileName(name);
        if (Path.GetExtension(bare).ToLowerInvariant() is ".gz" or ".br")
            bare = Path.GetFileNameWithoutExtension(bare);
        if (Path.GetExtension(bare).Length > 1)
            bare = Path.GetFileNameWithoutExtension(bare);
        return bare.Length > 0 ? bare : name;
    }

    /// <summary>The format that the extension names, else the one that the first character suggests.</summary>
    internal static FileFormat Format(string name, ReadOnlySpan<byte> text)
    {
        var bare = Path.GetExtension(name).ToLowerInvariant() is ".gz" or ".br" ? Path.GetFileNameWithoutExtension(name) : name;
        return Path.GetExtension(bare).ToLowerInvariant() switch
        {
            ".csv" => FileFormat.Csv,
            ".tsv" or ".tab" => FileFormat.Tsv,
            ".jsonl" or ".ndjson" or ".json" or ".jsonlines" => FileFormat.JsonLines,
            _ => text.TrimStart(" \t\r\n"u8) is [(byte)'{', ..] ? FileFormat.JsonLines : FileFormat.Auto,
        };
    }

    /// <summary>The encoding that the bytes are in if they are not UTF-8 at all, or null.</summary>
    internal static string? OtherEncoding(ReadOnlySpan<byte> text)
    {
        if (text is [0xff, 0xfe, 0, 0, ..] or [0, 0, 0xfe, 0xff, ..])
            return "UTF-32";
        if (text is [0xff, 0xfe, ..])
            return "UTF-16LE";
        if (text is [0xfe, 0xff, ..])
            return "UTF-16BE";
        return WithoutMark(text[..Math.Min(text.Length, 64)]);
    }

    // Every other byte of Western text in UTF-16 is zero.
    static string? WithoutMark(ReadOnlySpan<byte> text)
    {
        var (even, odd) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == 0)
                _ = (i & 1) == 0 ? even++ : odd++;
        }
        if (text.Length < 8 || Math.Max(even, odd) < text.Length * 3 / 8 || Math.Min(even, odd) > 0)
            return null;
        return even > odd ? "UTF-16BE" : "UTF-16LE";
    }

    internal static bool HasByteOrderMark(ReadOnlySpan<byte> text) => text.StartsWith(Encoding.UTF8.Preamble);
}
