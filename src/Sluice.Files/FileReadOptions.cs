using System.Collections.ObjectModel;

namespace Sluice.Files;

/// <summary>How a file is read. What is left unset is detected from the file.</summary>
public sealed record FileReadOptions
{
    /// <summary>How the text is divided into rows and fields.</summary>
    /// <value><see cref="FileFormat.Auto"/>.</value>
    public FileFormat Format { get; init; }

    /// <summary>How the bytes are compressed.</summary>
    /// <value><see cref="FileCompression.Auto"/>.</value>
    public FileCompression Compression { get; init; }

    /// <summary>The character between the fields of a delimited file.</summary>
    /// <value>
    /// Null: a tab for <see cref="FileFormat.Tsv"/>, else whichever of comma, semicolon, tab and bar divides the rows evenly.
    /// </value>
    public char? Delimiter { get; init; }

    /// <summary>The character around fields that hold delimiters, quotes or line breaks; U+0000 for none.</summary>
    /// <value>Null: the double quote.</value>
    public char? Quote { get; init; }

    /// <summary>Whether the first row of a delimited file names the columns.</summary>
    /// <value>Null: it does where its fields do not look like the values below them, and where nothing tells.</value>
    public bool? HasHeader { get; init; }

    /// <summary>The text that means NULL where it stands without quotes, besides the empty field, which always does.</summary>
    /// <value>Null: only the empty field without quotes is NULL.</value>
    public string? NullText { get; init; }

    /// <summary>The rows from which dialect and types are detected. Reading them stops at 4 MiB of text all the same.</summary>
    /// <value>20,480.</value>
    public int SampleRows
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 20_480;

    /// <summary>The bytes that a row may have, so that a quote which is never closed does not swallow the file.</summary>
    /// <value>16 MiB; at most 1 GiB.</value>
    public long MaxRowBytes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 1 << 30);
            field = value;
        }
    } = 16L << 20;

    /// <summary>The column that each header fills, for headers that are not the column's name.</summary>
    /// <value>Empty.</value>
    public IReadOnlyDictionary<string, string> Map { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The types of columns, by header, where the detected ones are not wanted.</summary>
    /// <value>Empty.</value>
    public IReadOnlyDictionary<string, SqlType> Types { get; init; } = ReadOnlyDictionary<string, SqlType>.Empty;
}
