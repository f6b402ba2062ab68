using Sluice.Rows;
using static Sluice.Files.FileWords;

namespace Sluice.Files.Writing;

/// <summary>What keeps rows from being written to a file.</summary>
static class OutputProblems
{
    internal static FileSinkException OutputIsFolder(string path) => NotCreated(path, $"'{path}' is a folder", "Name a file in it.");

    internal static FileSinkException OutputNotCreated(string path, string reason, Exception innerException) =>
        NotCreated(path, $"'{path}' cannot be created: {reason}", "Check that its folder is there and may be written to.", innerException);

    internal static FileSinkException OutputExists(string path) => new(new Failure(
        "SLU0516",
        $"'{path}' is there already, and was left as it is",
        new("Name another file, or allow it to be replaced.") { Command = "Name another file, or replace it with --force." },
        Kept.Unsaid)
    { Kind = FailureKind.Plan })
    { Path = path };

    internal static FileSinkException OutputFailed(OutputPlace place, Exception reason) => new(
        Failed("SLU0517", $"Writing '{place.Name}' failed: {Reason(reason)}", "Check the disk, then write it again.", place.Left), reason)
    { Path = place.Name };

    internal static FileSinkException NotWritten(OutputPlace place, long row, string? column, ValueException refused) => new(
        Failed("SLU0518", Text($"'{place.Name}', row {row}{In(column)}: {refused.Problem}"), refused.Remedy,
            place.Left) with
        { RowNumber = row, ColumnName = column }, refused)
    { Path = place.Name };

    internal static FileSinkException RowsOfManyShapes(OutputPlace place) => new(Failed(
        "SLU0519",
        $"The rows for '{place.Name}' are dictionaries grouped by their keys, and a file has the same columns in every row",
        "Give the missing keys defaults.",
        Kept.NothingWritten))
    { Path = place.Name };

    internal static ValueException NoText(Type type) => new(
        $"a value of type {type} has no text that could be read again", "Turn it into text, a number or another basic type.");

    internal static ValueException LoneSurrogate() => new(
        "the text holds half of a surrogate pair, which no file in UTF-8 can say", "Correct the text.");

    internal static ArgumentException NullTextNeedsQuotes(string parameter) => new(
        "The text that means NULL is written without quotes, so it can hold neither the delimiter nor a quote nor a line break; set another one.", parameter);

    static FileSinkException NotCreated(string path, string problem, string remedy, Exception? innerException = null) =>
        new(new Failure("SLU0515", problem, remedy, Kept.NothingWritten) { Kind = FailureKind.Plan }, innerException) { Path = path };

    static Failure Failed(string code, string problem, Remedy remedy, Kept kept) =>
        new(code, problem, remedy, kept) { Kind = FailureKind.Output };
}
