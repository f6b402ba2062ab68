using Sluice.Files;

namespace Sluice.Cli;

/// <summary>What the name of an export's file says, before anything is opened.</summary>
static class OutputName
{
    static readonly string[] s_formats = [".parquet", ".arrow", ".feather", ".avro", ".orc", ".xlsx", ".xls", ".ods", ".xml", ".html", ".sql", ".db", ".sqlite", ".sqlite3", ".pdf"];

    static readonly string[] s_compressions = [".zst", ".xz", ".bz2", ".lz4", ".zip", ".7z", ".tar", ".tgz", ".z"];

    /// <exception cref="BulkPlanException">The name promises what is not written, or is no name of a file.</exception>
    internal static void Check(string output, FileWriteOptions writing)
    {
        if (TargetAddress.IsAddress(output))
            throw UsageProblems.AddressAsOutput();
        if (output is "-")
        {
            if (writing.Compression is FileCompression.Gzip or FileCompression.Brotli && !Console.IsOutputRedirected)
                throw UsageProblems.CompressedToTerminal();
            return;
        }
        var extension = Path.GetExtension(output);
        if (writing.Compression is FileCompression.Auto && s_compressions.Contains(extension, StringComparer.OrdinalIgnoreCase))
            throw UsageProblems.OutputOfAnotherKind(output, extension, "--compress");
        if (writing.Format is FileFormat.Auto && s_formats.Contains(extension, StringComparer.OrdinalIgnoreCase))
            throw UsageProblems.OutputOfAnotherKind(output, extension, "--format");
    }
}
