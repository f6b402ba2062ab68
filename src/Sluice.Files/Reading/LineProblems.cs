using static Sluice.Files.FileWords;
using static Sluice.Files.OpeningProblems;

namespace Sluice.Files.Reading;

/// <summary>What is wrong with a line of a file.</summary>
static class LineProblems
{
    const string OtherQuote = "where quotes are ordinary characters in this file, set another quote.";
    const string NoQuotes = "where quotes are ordinary characters in this file, double each and quote its field.";

    internal static FileSourceException InvalidUtf8(string path, long offset, long line) => new(Failed(
        "SLU0504",
        Text($"'{path}' line {line}: the byte at offset {offset} does not begin a character of UTF-8"),
        $"Convert the file, as with: iconv -f WINDOWS-1252 -t UTF-8 '{System.IO.Path.GetFileName(path)}'."))
    { Path = path, Line = line, ByteOffset = offset };

    internal static FileSourceException UnclosedQuote(string path, long line, string? column, long maxRowBytes, bool ended)
    {
        const string close = "Close it, or double a quote that belongs to the text; ";
        return new(Failed(
            "SLU0506",
            Text($"'{path}' line {line}{In(column)}: the quote that opens the field is not closed ") + (ended ? "before the end of the file" : Text($"within {maxRowBytes:N0} bytes")),
            new(close + OtherQuote + (ended ? "" : " If the value is as long as that, raise the limit on a row's bytes.")) { Command = close + NoQuotes },
            column))
        { Path = path, Line = line };
    }

    internal static FileSourceException StrayQuote(string path, long line, int place, string? column, long? opened, char quote)
    {
        const string whole = "Quote the whole field and double the quotes in it; ";
        return new(Failed(
            "SLU0507",
            Text($"'{path}' line {line}, character {place}{In(column)}: ")
            + (opened is null
                ? $"a quote ({quote}) stands within a field that does not begin with one"
                : Text($"text follows the closing quote ({quote}) of the field that begins on line {opened}")),
            new(whole + OtherQuote) { Command = whole + NoQuotes },
            column))
        { Path = path, Line = line };
    }

    internal static FileSourceException Ragged(string path, long line, int fields, int expected, bool hasHeader, char delimiter,
        bool endsEmpty)
    {
        var correct = $"Correct the line: quote fields that hold the delimiter ({Show(delimiter)}); if another character divides the fields, ";
        return new(Failed(
            "SLU0508",
            Text($"'{path}' line {line} has {Count(fields, "field")}, but {(hasHeader ? "the header names" : "the first row has")} {expected}")
            + (endsEmpty && fields == expected + 1 ? $". The last field is empty: the line ends with {Show(delimiter)}, {(hasHeader ? "the header" : "the first row")} does not" : ""),
            new(correct + "set it.") { Command = correct + "name it with --delimiter." }))
        { Path = path, Line = line };
    }

    internal static FileSourceException RowTooLong(string path, long line, string? column, long maxRowBytes) => new(Failed(
        "SLU0509",
        Text($"'{path}' line {line}{In(column)}: the row has more than {maxRowBytes:N0} bytes"),
        new("Raise the limit on a row's bytes if that is right.") { Command = "Divide the row; only a program can set another limit, by FileReadOptions.MaxRowBytes." },
        column))
    { Path = path, Line = line };

    internal static FileSourceException OtherBreak(string path, long line, bool endsByReturn) => new(Failed(
        "SLU0521",
        Text($"'{path}' line {line} ends with {(endsByReturn ? "a line feed" : "a carriage return alone")}, while the first line ends with {(endsByReturn ? "a carriage return alone" : "a line feed")}; ")
        + "in a file of one column that could be a part of a value",
        "Quote the value, or end all lines alike."))
    { Path = path, Line = line };

    internal static FileSourceException BehindLastHeader(string path, long line, char delimiter) => new(Failed(
        "SLU0523",
        Text($"'{path}' line {line} has a value behind the last header. The header ends with {Show(delimiter)}, and the sampled rows have nothing behind it"),
        "Give the column a header, or remove the value."))
    { Path = path, Line = line };

    internal static FileSourceException MalformedJson(string path, long line, long offset, Exception reason) => new(
        Failed("SLU0512", Text($"'{path}' line {line} is not one well-formed JSON object (at byte {offset} of the file)"),
            "Write one object a line, and nothing else."), reason)
    { Path = path, Line = line, ByteOffset = offset };

    internal static FileSourceException NotAnObject(string path, long line, bool isArray) => new(Failed(
        "SLU0529",
        Text($"'{path}' line {line} holds {(isArray ? "a JSON array" : "a single JSON value")}, but an object is needed"),
        isArray ? "Write the array's elements one a line, as with: jq -c '.[]'." : "Write one object a line."))
    { Path = path, Line = line };

    internal static FileSourceException KeyTwice(string path, long line, string key) => new(Failed(
        "SLU0513", Text($"'{path}' line {line}: the object has the key '{key}' twice, so its value is not clear"), "Name each key once.", key))
    { Path = path, Line = line };

    internal static FileSourceException UnseenKey(string path, long line, string key, IEnumerable<string> keys) => new(Failed(
        "SLU0514",
        Text($"'{path}' line {line}: the key '{key}' is not among those of the sampled rows ({Join(keys)})"),
        new("Enlarge the sample so that it reaches the row, or remove the key.") { Command = "Put a row with the key among the first ones, or remove the key." },
        key))
    { Path = path, Line = line };

    internal static FileSourceException TooManyKeys(string path, long line, int most) => new(Failed(
        "SLU0522",
        Text($"'{path}' line {line} brings the different keys to more than {most:N0}, which is more columns than a table has"),
        "Where keys are data, write them as values, as with: jq -c 'to_entries[]'."))
    { Path = path, Line = line };
}
