using static Sluice.Files.FileWords;

namespace Sluice.Files;

/// <summary>What is wrong with a file as a whole: it cannot be opened, is no text, or has other columns than are needed.</summary>
static class OpeningProblems
{
    internal static FileSourceException Missing(string path, bool isFolder) =>
        isFolder
            ? NotOpened(path, $"'{path}' is a folder", "Name a file in it.")
            : NotOpened(path, $"There is no file '{path}'", "Check the path.");

    internal static FileSourceException Unopened(string path, Exception reason) =>
        NotOpened(path, $"'{path}' cannot be opened: {reason.Message.TrimEnd('.')}", "Check that the file may be read.", reason);

    internal static FileSourceException Empty(string path) =>
        new(Failed("SLU0503", $"'{path}' is empty", "Supply a file with a header or a row.")) { Path = path };

    internal static FileSourceException OtherEncoding(string path, string encoding) => new(Failed(
        "SLU0505",
        $"'{path}' is text in {encoding}, but UTF-8 is needed",
        $"Convert it, as with: iconv -f {encoding} -t UTF-8 '{System.IO.Path.GetFileName(path)}'."))
    { Path = path, ByteOffset = 0 };

    internal static FileSourceException NotText(string path, Detection.BinaryFormat? format) => new(Failed(
        "SLU0520",
        format is null ? $"'{path}' is not text in any encoding" : $"'{path}' is {format.Name}, and text is needed",
        format?.RemedyFor(System.IO.Path.GetFileName(path)) ?? "Supply CSV, TSV or JSON Lines in UTF-8."))
    { Path = path, ByteOffset = 0 };

    internal static FileSourceException Headers(string path, long line,
        IReadOnlyList<(string Header, IReadOnlyList<int> Columns)> faults) => new(Failed(
        "SLU0510",
        Text($"'{path}' line {line}: ")
        + string.Join("; ", faults.Select(f => (f.Header.Length == 0 ? (f.Columns.Count == 1 ? "no header over column " : "no headers over columns ") : $"header '{f.Header}' over columns ")
            + string.Join(", ", f.Columns.Select(c => Text($"{c}"))))),
        new("Give each column a header of its own; if the file has no header, say so.")
        {
            Command = "Give each column a header of its own; if the file has no header, add --header no.",
        }))
        { Path = path, Line = line };

    internal static BulkPlanException UnknownHeaders(string path, string purpose, IEnumerable<string> unknown,
        IEnumerable<string> headers) => new(
        "SLU0511", $"'{path}' has no header {Join(unknown)}, which {purpose}", $"Its headers are {Join(headers)}.");

    internal static BulkPlanException MappedTwice(string path, string column, IEnumerable<string> headers) => new(
        "SLU0528", $"'{path}': the headers {Join(headers)} would all fill the column '{column}'", "Map each to a column of its own.");

    static FileSourceException NotOpened(string path, string problem, string remedy, Exception? innerException = null) =>
        new(Failed("SLU0501", problem, remedy), innerException) { Path = path, IsUnreadable = true };

    /// <summary>A failure of a source, which does not know what became of the rows before.</summary>
    internal static Failure Failed(string code, string problem, Remedy remedy, string? column = null) =>
        new(code, problem, remedy, Kept.Unsaid) { Kind = FailureKind.Source, ColumnName = column };
}
