namespace Sluice.Files.Detection;

/// <summary>A format that is no text: what it is called, and how its rows become text that can be read.</summary>
/// <param name="Name">With its article.</param>
/// <param name="Remedy">A sentence; {0} is the file's name.</param>
sealed record BinaryFormat(string Name, string Remedy)
{
    /// <summary>What the user of the command line does, where that is something else.</summary>
    string? Command { get; init; }

    const string Convert = "Convert it to CSV or JSON Lines with a program that reads it.";

    static readonly BinaryFormat s_workbook = new("an Excel workbook", "Save its sheet as CSV in UTF-8.");

    static readonly BinaryFormat s_openDocument = new("an OpenDocument file", "Save its sheet as CSV in UTF-8.");

    static readonly BinaryFormat s_zip = new("a ZIP archive", "Unpack it, as with: unzip '{0}'.");

    static readonly BinaryFormat s_tar = new("a tar archive", "Unpack it, as with: tar -xf '{0}'.");

    /// <summary>The format that a file's first bytes are of, or null where they may be text.</summary>
    internal static BinaryFormat? Of(ReadOnlySpan<byte> head) => head switch
    {
        [(byte)'P', (byte)'K', 3 or 5 or 7, 4 or 6 or 8, ..] => Zip(head),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => new("compressed with Zstandard", "Decompress it, as with: zstd -d '{0}'."),
        [0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0, ..] => new("compressed with xz", "Decompress it, as with: xz -dk '{0}'."),
        [(byte)'B', (byte)'Z', (byte)'h', _, 0x31, 0x41, 0x59, 0x26, ..] =>
            new("compressed with bzip2", "Decompress it, as with: bzip2 -dk '{0}'."),
        [0x04, 0x22, 0x4d, 0x18, ..] => new("compressed with LZ4", "Decompress it, as with: lz4 -d '{0}'."),
        [(byte)'7', (byte)'z', 0xbc, 0xaf, 0x27, 0x1c, ..] => new("a 7z archive", "Unpack it, as with: 7z x '{0}'."),
        [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ..] => s_workbook,
        _ when head.StartsWith("SQLite format 3\0"u8) =>
            new("a SQLite database", "Open it as a database, and load a table or a query of it.") { Command = "Name its table by --from-table, or a query by --query." },
        // Letters may be a header; what follows them here is none.
        _ when head.StartsWith("PAR1"u8) && HasControls(head) =>
            new("a Parquet file", "Convert it to CSV, as with: duckdb -c \"COPY '{0}' TO '{0}.csv'\"."),
        _ when head.StartsWith("ARROW1\0\0"u8) => new("an Arrow file", Convert),
        _ when head.StartsWith("Obj\u0001"u8) => new("an Avro file", Convert),
        _ when head.StartsWith("ORC"u8) && HasControls(head) => new("an ORC file", Convert),
        _ when head.StartsWith("%PDF-"u8) => new("a PDF document", "Supply its table as CSV."),
        _ when head.Length >= 262 && head[257..].StartsWith("ustar"u8) => s_tar,
        _ => null,
    };

    /// <summary>What to do about a file of the format.</summary>
    internal Remedy RemedyFor(string file) => new(Remedy.Replace("{0}", file, StringComparison.Ordinal)) { Command = Command };

    /// <summary>Whether bytes that are not UTF-8 are no text in any other encoding either.</summary>
    internal static bool IsNoText(ReadOnlySpan<byte> bytes)
    {
        var controls = 0;
        foreach (var value in bytes)
            controls += value < 32 && value is not ((byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f') ? 1 : 0;
        return controls * 50L > bytes.Length && !IsUtf8(bytes);
    }

    // The bytes are those at hand, which may end within a character.
    static bool IsUtf8(ReadOnlySpan<byte> bytes)
    {
        for (var cut = 0; cut < 4 && cut <= bytes.Length; cut++)
        {
            if (System.Text.Unicode.Utf8.IsValid(bytes[..^cut]))
                return true;
        }
        return false;
    }

    static BinaryFormat Zip(ReadOnlySpan<byte> head) =>
        head.IndexOf("[Content_Types].xml"u8) >= 0 || head.IndexOf("xl/"u8) >= 0 ? s_workbook
        : head.IndexOf("mimetypeapplication/vnd.oasis"u8) >= 0 ? s_openDocument
        : s_zip;

    static bool HasControls(ReadOnlySpan<byte> head) => head[..Math.Min(head.Length, 64)].ContainsAnyInRange((byte)0, (byte)8);
}
