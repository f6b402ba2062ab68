namespace Sluice.Files;

/// <summary>How the text of a file is divided into rows and fields.</summary>
public enum FileFormat
{
    /// <summary>Decided by the file's extension, and by its content where that says nothing.</summary>
    Auto,

    /// <summary>One row a line, fields between delimiters, quotes around fields that hold delimiters or line breaks.</summary>
    Csv,

    /// <summary>As <see cref="Csv"/>, with a tab between fields.</summary>
    Tsv,

    /// <summary>One JSON object a line.</summary>
    JsonLines,
}
