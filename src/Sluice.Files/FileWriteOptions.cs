namespace Sluice.Files;

/// <summary>How a file is written.</summary>
public sealed record FileWriteOptions
{
    internal static FileWriteOptions Default { get; } = new();

    /// <summary>How the text is divided into rows and fields.</summary>
    /// <value><see cref="FileFormat.Auto"/>: what the file's extension says, else <see cref="FileFormat.Csv"/>.</value>
    public FileFormat Format { get; init; }

    /// <summary>How the bytes are compressed.</summary>
    /// <value><see cref="FileCompression.Auto"/>: what the file's extension says (.gz, .br), else not at all.</value>
    public FileCompression Compression { get; init; }

    /// <summary>The character between the fields of a delimited file: none that numbers and dates are written with.</summary>
    /// <value>Null: a tab for <see cref="FileFormat.Tsv"/>, else a comma.</value>
    public char? Delimiter { get; init; }

    /// <summary>Whether the first row of a delimited file names the columns.</summary>
    /// <value>True.</value>
    public bool HasHeader { get; init; } = true;

    /// <summary>
    /// What is written, without quotes, where there is no value: a text without delimiter, quotes and line breaks. The same text as a value
    /// gets quotes.
    /// </summary>
    /// <value>Null: nothing, which readers tell from an empty text by its quotes.</value>
    public string? NullText { get; init; }

    /// <summary>
    /// Whether texts that spreadsheets would run as formulas (those that begin with <c>= + - @</c>, a tab or a line break) are written with
    /// an apostrophe before them.
    /// </summary>
    /// <value>False: every text is written as it is. With it such texts are not what they were when they are read again.</value>
    public bool ExcelSafe { get; init; }

    /// <summary>Whether a file of the name is replaced.</summary>
    /// <value>False: the file is left as it is, and an error says so.</value>
    public bool Overwrite { get; init; }
}
