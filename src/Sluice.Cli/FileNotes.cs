using Sluice.Files;

namespace Sluice.Cli;

/// <summary>What was assumed of a file and decides what its table holds, for whoever knows better.</summary>
static class FileNotes
{
    internal static IReadOnlyList<string> Of(FileRows rows, LoadOptions options)
    {
        var notes = new List<string>();
        if (rows.Dialect is { HasHeader: false, Format: not FileFormat.JsonLines } && options.Reading.HasHeader is null)
            notes.Add($"'{rows.Name}' has no header, by its looks: the first row was taken for data, and the columns are named column1 and so on. If it names the columns, say so by --header yes.");
        // SQLite has no exact decimals; what it sorts and compares without being told is the text.
        var exact = rows.Columns.Where(c => c.Type.Kind is SqlTypeKind.Numeric).Select(c => $"'{c.Name}'").ToList();
        if (exact.Count > 0 && options is { Create: true, Target.SqlitePath: not null })
            notes.Add($"'{rows.Name}': the numbers of {string.Join(", ", exact)} have more digits than SQLite's REAL gives back. A table that is created keeps them exactly, as text; SQL compares them as numbers by CAST(… AS REAL).");
        return notes;
    }
}
