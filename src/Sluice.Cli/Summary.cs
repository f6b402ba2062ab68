using System.Globalization;
using Sluice.Cli.Streams;
using Spectre.Console;
using TextTable = Spectre.Console.Table;

namespace Sluice.Cli;

/// <summary>What became of a file, for people: on the error stream, so that the output stream holds the machine result alone.</summary>
static class Summary
{
    /// <summary>The error stream as a terminal. Made when it is first drawn on.</summary>
    internal static IAnsiConsole Terminal =>
        field ??= AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    internal static void WriteError(LoadReport report)
    {
        if (report.Error is { } error)
            WriteError("sluice load", error);
    }

    internal static void WriteError(ExportReport report)
    {
        if (report.Error is { } error)
            WriteError("sluice export", error);
    }

    /// <summary>One line: an export has one count.</summary>
    internal static void WriteLine(ExportReport report)
    {
        WriteError(report);
        if (report.Error is null)
            WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.Source} in {report.Database} -> {(report.File is "-" ? "stdout" : report.File)}: {report.Rows:N0} rows, {report.Bytes:N0} bytes, {report.ElapsedSeconds:N2} s, {report.RowsPerSecond:N0} rows/s"));
    }

    /// <summary>One line, whatever names and values the message holds.</summary>
    internal static void WriteError(string command, string message) => WriteLine($"{command}: {Secrets.Hide(message)}");

    static void WriteError(string command, LoadError error)
    {
        if (error.IsList || CommandWords.ShowsStacks)
            Console.Error.WriteLine(Readable.Lines($"{command}: {Secrets.Hide(error.Message)}"));
        else
            WriteError(command, error.Message);
    }

    /// <summary>A line for people.</summary>
    internal static void WriteLine(string text) => Console.Error.WriteLine(Readable.Line(text));

    /// <summary>One line, for logs.</summary>
    internal static void WriteLine(LoadReport report)
    {
        WriteError(report);
        if (report.Plan is { } plan)
            Console.Error.Write(Readable.Lines(Secrets.Hide(plan)));
        else if (report.Table is not null && (report.Error is null || report.Read > 0))
            WriteLine($"{report.File} -> {report.Table} in {report.Target}: {Fates(report)}, {Time(report)}");
        WriteNotes(report);
    }

    static void WriteNotes(LoadReport report)
    {
        foreach (var note in report.Notes ?? [])
            WriteLine($"sluice load: {note}");
    }

    /// <summary>A small table, for a terminal.</summary>
    internal static void WriteTable(LoadReport report)
    {
        if (report.Plan is { } plan)
            Console.Error.Write(Readable.Lines(Secrets.Hide(plan)));
        else if (report.Table is not null && (report.Error is null || report.Read > 0))
            Terminal.Write(Draw(report));
        WriteError(report);
        WriteNotes(report);
    }

    static TextTable Draw(LoadReport report)
    {
        var table = new TextTable().RoundedBorder().HideHeaders().AddColumn("").AddColumn("");
        table.AddRow("file", Cell(report.File));
        table.AddRow("table", Cell($"{report.Table} in {report.Target}"));
        foreach (var (fate, rows) in CountsOf(report))
            table.AddRow(fate, rows.ToString("N0", CultureInfo.InvariantCulture));
        return table.AddRow("time", Time(report));
    }

    static string Cell(string text) => Markup.Escape(Readable.Line(text));

    static string Fates(LoadReport report) =>
        string.Join(", ", CountsOf(report).Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Rows:N0} {c.Fate}")));

    /// <summary>Every fate that rows met; what was read and inserted is said also where it is none.</summary>
    static IEnumerable<(string Fate, long Rows)> CountsOf(LoadReport report)
    {
        yield return ("read", report.Read);
        yield return ("inserted", report.Inserted);
        foreach (var count in new (string, long Rows)[]
        {
            ("updated", report.Updated), ("deleted", report.Deleted), ("unchanged", report.Unchanged), ("removed", report.Removed),
            ("skipped", report.Skipped), ("rejected", report.Rejected), ("not kept", report.Remaining), ("in doubt", report.InDoubt),
        })
        {
            if (count.Rows != 0)
                yield return count;
        }
    }

    static string Time(LoadReport report) =>
        string.Create(CultureInfo.InvariantCulture, $"{report.ElapsedSeconds:N2} s, {report.RowsPerSecond:N0} rows/s");
}
