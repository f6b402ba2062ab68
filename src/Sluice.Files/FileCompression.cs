namespace Sluice.Files;

/// <summary>How the bytes of a file are compressed.</summary>
public enum FileCompression
{
    /// <summary>Decided by the file's first bytes (gzip) or its extension (.gz, .br).</summary>
    Auto,

    /// <summary>Not compressed.</summary>
    None,

    /// <summary>gzip, of one or several members.</summary>
    Gzip,

    /// <summary>Brotli.</summary>
    Brotli,
}
