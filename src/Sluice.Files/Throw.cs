using System.Globalization;
using Sluice.Files.Writing;

namespace Sluice.Files;

/// <summary>The texts of this package's errors. Each says what happened, both sides and the remedy; what was kept, the load adds.</summary>
static class Throw
{
    internal static FileSourceException Missing(string path, bool isFolder) => Unreadable(
        "SLU0501", path, isFolder ? $"'{path}' is a folder. Name a file in it." : $"There is no file '{path}'. Check the path.", innerException: null);

    internal static FileSourceException Unopened(string path, Exception reason) => Unreadable(
        "SLU0501", path, $"'{path}' cannot be opened: {reason.Message} Check that the file may be read.", reason);

    internal static FileSourceException ReadFailed(string path, long offset, Exception reason) => Unreadable(
        "SLU0502", path, Text($"Reading '{path}' failed after {offset:N0} bytes: {reason.Message} Check the disk or connection, then load again."), reason);

    internal static FileSourceException Shrunk(string path, long length, long read) => Unreadable(
        "SLU0502", path, Text($"'{path}' had {length:N0} bytes when it was opened, but ended after {read:N0}. Let its writer finish, then load again."), innerException: null);

    internal static FileSourceException Truncated(string path, string compression, long read, Exception? innerException) => Unreadable(
        "SLU0502", path, Text($"'{path}' is {compression} data that breaks off: after {read:N0} bytes the end of the stream is missing. Fetch the file again."), innerException);

    internal static FileSourceException Corrupt(string path, string compression, long read, Exception? innerException) => Unreadable(
        "SLU0502", path, Text($"'{path}' is not {compression} data, or is damaged, within its first {read:N0} bytes. Fetch the file again, or state its compression."), innerException);

    internal static FileSourceException TrailingBytes(string path, long read) => Unreadable(
        "SLU0502", path, Text($"'{path}' goes on with other bytes behind its compressed data, within its first {read:N0} bytes. Fetch the file again."), innerException: null);

    internal static FileSourceException Empty(string path) => new(
        "SLU0503", $"'{path}' is empty. Supply a file with a header or a row.")
    { Path = path };

    internal static FileSourceException InvalidUtf8(string path, long offset, long line) => new(
        "SLU0504",
        Text($"'{path}' line {line}: the byte at offset {offset} does not begin a character of UTF-8. ")
        + $"Convert the file, as with: iconv -f WINDOWS-1252 -t UTF-8 '{System.IO.Path.GetFileName(path)}'.")
    { Path = path, Line = line, ByteOffset = offset };

    internal static FileSourceException OtherEncoding(string path, string encoding) => new(
        "SLU0505",
        $"'{path}' is text in {encoding}, but UTF-8 is needed. Convert it, as with: iconv -f {encoding} -t UTF-8 '{System.IO.Path.GetFileName(path)}'.")
    { Path = path, ByteOffset = 0 };

    internal static FileSourceException UnclosedQuote(string path, long line, string? column, long maxRowBytes, bool ended) => new(
        "SLU0506",
        Text($"'{path}' line {line}{In(column)}: the quote that opens the field is not closed ")
        + (ended ? "before the end of the file. " : Text($"within {maxRowBytes:N0} bytes. "))
        + "Close it, or double a quote that belongs to the text; where quotes are ordinary characters in this file, set another quote."
        + (ended ? "" : " If the value is as long as that, raise the limit on a row's bytes."))
    { Path = path, Line = line, Column = column };

    internal static FileSourceException StrayQuote(string path, long line, int place, string? column, long? opened, char quote) => new(
        "SLU0507",
        Text($"'{path}' line {line}, character {place}{In(column)}: ")
        + (opened is null
            ? $"a quote ({quote}) stands within a field that does not begin with one. "
            : Text($"text follows the closing quote ({quote}) of the field that begins on line {opened}. "))
        + "Quote the whole field and double the quotes in it; where quotes are ordinary characters in this file, set another quote.")
    { Path = path, Line = line, Column = column };

    internal static FileSourceException Ragged(string path, long line, int fields, int expected, bool hasHeader, char delimiter, bool endsEmpty) => new(
        "SLU0508",
        Text($"'{path}' line {line} has {Count(fields, "field")}, but {(hasHeader ? "the header names" : "the first row has")} {expected}. ")
        + (endsEmpty && fields == expected + 1 ? $"The last field is empty: the line ends with {Show(delimiter)}, {(hasHeader ? "the header" : "the first row")} does not. " : "")
        + $"Correct the line: quote fields that hold the delimiter ({Show(delimiter)}); if another character divides the fields, set it.")
    { Path = path, Line = line };

    internal static FileSourceException RowTooLong(string path, long line, string? column, long maxRowBytes) => new(
        "SLU0509",
        Text($"'{path}' line {line}{In(column)}: the row has more than {maxRowBytes:N0} bytes. Raise the limit on a row's bytes if that is right."))
    { Path = path, Line = line, Column = column };

    internal static FileSourceException Headers(string path, long line, IReadOnlyList<(string Header, IReadOnlyList<int> Columns)> faults) => new(
        "SLU0510",
        Text($"'{path}' line {line}: ")
        + string.Join("; ", faults.Select(f => (f.Header.Length == 0 ? (f.Columns.Count == 1 ? "no header over column " : "no headers over columns ") : $"header '{f.Header}' over columns ")
            + string.Join(", ", f.Columns.Select(c => c.ToString(CultureInfo.InvariantCulture)))))
        + ". Give each column a header of its own; if the file has no header, say so.")
    { Path = path, Line = line };

    internal static BulkPlanException UnknownHeaders(string path, string purpose, IEnumerable<string> unknown, IEnumerable<string> headers) => new(
        "SLU0511",
        $"'{path}' has no header {Join(unknown)}, which {purpose}. Its headers are {Join(headers)}. Nothing was sent.");

    internal static BulkPlanException MappedTwice(string path, string column, IEnumerable<string> headers) => new(
        "SLU0511",
        $"'{path}': the headers {Join(headers)} would all fill the column '{column}'. Map each to a column of its own. Nothing was sent.");

    internal static FileSourceException MalformedJson(string path, long line, long offset, Exception reason) => new(
        "SLU0512",
        Text($"'{path}' line {line} is not one well-formed JSON object (at byte {offset} of the file). Write one object a line, and nothing else."), reason)
    { Path = path, Line = line, ByteOffset = offset };

    internal static FileSourceException NotAnObject(string path, long line, bool isArray) => new(
        "SLU0512",
        Text($"'{path}' line {line} holds {(isArray ? "a JSON array" : "a single JSON value")}, but an object is needed. ")
        + (isArray ? "Write the array's elements one a line, as with: jq -c '.[]'." : "Write one object a line."))
    { Path = path, Line = line };

    internal static FileSourceException KeyTwice(string path, long line, string key) => new(
        "SLU0513",
        Text($"'{path}' line {line}: the object has the key '{key}' twice, so its value is not clear. Name each key once."))
    { Path = path, Line = line, Column = key };

    internal static FileSourceException UnseenKey(string path, long line, string key, IEnumerable<string> keys) => new(
        "SLU0514",
        Text($"'{path}' line {line}: the key '{key}' is not among those of the sampled rows ({Join(keys)}). ")
        + "Enlarge the sample so that it reaches the row, or remove the key.")
    { Path = path, Line = line, Column = key };

    internal static FileSourceException NotText(string path, Detection.BinaryFormat? format) => new(
        "SLU0520",
        format is null ? $"'{path}' is not text in any encoding. Supply CSV, TSV or JSON Lines in UTF-8."
        : $"'{path}' is {format.Name}, and text is needed. " + format.Remedy.Replace("{0}", System.IO.Path.GetFileName(path), StringComparison.Ordinal))
    { Path = path, ByteOffset = 0 };

    internal static FileSourceException OtherBreak(string path, long line, bool endsByReturn) => new(
        "SLU0521",
        Text($"'{path}' line {line} ends with {(endsByReturn ? "a line feed" : "a carriage return alone")}, while the first line ends with {(endsByReturn ? "a carriage return alone" : "a line feed")}; ")
        + "in a file of one column that could be a part of a value. Quote the value, or end all lines alike.")
    { Path = path, Line = line };

    internal static FileSourceException TooManyKeys(string path, long line, int most) => new(
        "SLU0522",
        Text($"'{path}' line {line} brings the different keys to more than {most:N0}, which is more columns than a table has. ")
        + "Where keys are data, write them as values, as with: jq -c 'to_entries[]'.")
    { Path = path, Line = line };

    internal static FileSourceException BehindLastHeader(string path, long line, char delimiter) => new(
        "SLU0523",
        Text($"'{path}' line {line} has a value behind the last header. The header ends with {Show(delimiter)}, and the sampled rows have nothing behind it. ")
        + "Give the column a header, or remove the value.")
    { Path = path, Line = line };

    internal static FileSinkException OutputIsFolder(string path) => new(
        "SLU0515", $"'{path}' is a folder. Name a file in it. Nothing was written.")
    { Path = path };

    internal static FileSinkException OutputNotCreated(string path, string reason, Exception innerException) => new(
        "SLU0515", $"'{path}' cannot be created: {reason} Check that its folder is there and may be written to. Nothing was written.", innerException)
    { Path = path };

    internal static FileSinkException OutputExists(string path) => new(
        "SLU0516", $"'{path}' is there already, and was left as it is. Name another file, or allow it to be replaced.")
    { Path = path };

    internal static FileSinkException OutputFailed(OutputPlace place, Exception reason) => new(
        "SLU0517", $"Writing '{place.Name}' failed: {Reason(reason)} Check the disk, then write it again. {place.Left}", reason)
    { Path = place.Name };

    internal static FileSinkException NotWritten(OutputPlace place, long row, string? column, Rows.ValueException refused) => new(
        "SLU0518", Text($"'{place.Name}', row {row}{In(column)}: {refused.Problem}. {refused.Remedy} {place.Left}"), refused)
    { Path = place.Name, RowNumber = row, Column = column };

    internal static FileSinkException RowsOfManyShapes(OutputPlace place) => new(
        "SLU0519", $"The rows for '{place.Name}' are dictionaries grouped by their keys, and a file has the same columns in every row. Give the missing keys defaults. Nothing was written.")
    { Path = place.Name };

    internal static Rows.ValueException NoText(Type type) => new(
        $"a value of type {type} has no text that could be read again", "Turn it into text, a number or another basic type.");

    internal static Rows.ValueException LoneSurrogate() => new(
        "the text holds half of a surrogate pair, which no file in UTF-8 can say", "Correct the text.");

    static FileSourceException Unreadable(string code, string path, string message, Exception? innerException) =>
        new(code, message, innerException) { Path = path, IsUnreadable = true };

    /// <summary>What the system says, as a sentence; the path that it repeats stands in the message already.</summary>
    internal static string Reason(Exception reason)
    {
        var path = reason.Message.IndexOf(" : '", StringComparison.Ordinal);
        var text = path < 0 ? reason.Message : reason.Message[..path];
        return text.EndsWith('.') ? text : text + ".";
    }

    internal static ArgumentException NullTextNeedsQuotes(string parameter) => new(
        "The text that means NULL is written without quotes, so it can hold neither the delimiter nor a quote nor a line break; set another one.", parameter);

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    static string In(string? column) => column is null ? "" : $", column '{column}'";

    static string Count(int count, string noun) => Text($"{count} {noun}") + (count == 1 ? "" : "s");

    static string Show(char delimiter) => delimiter == '\t' ? "a tab" : delimiter.ToString();

    static string Join(IEnumerable<string> names) => string.Join(", ", names.Select(n => $"'{n}'"));
}
