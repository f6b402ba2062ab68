using Sluice.Files;
using Sluice.Reading;

namespace Sluice.Cli;

/// <summary>Rows that are to be loaded: a file's, or another database's.</summary>
sealed class LoadSource(RowSource rows, string tableName, Func<string, string?, IReadOnlyList<string>, Table> describe) : IAsyncDisposable
{
    internal RowSource Rows => rows;

    /// <summary>The name of the table that is meant where none is told.</summary>
    internal string TableName => tableName;

    internal static LoadSource Of(FileRows file) => new(file, file.TableName, file.Describe);

    // Without a key of its own the new table has that of the one which the rows come from.
    internal static LoadSource Of(DatabaseRows database) => new(
        database, database.Table?.Name ?? "", (name, schema, key) => database.Describe(name, schema, key.Count > 0 ? key : null));

    /// <summary>Describes a table for the columns, to create it.</summary>
    /// <exception cref="BulkPlanException">There is no column of a name in <paramref name="key"/>.</exception>
    internal Table Describe(string name, string? schema, IReadOnlyList<string> key) => describe(name, schema, key);

    public ValueTask DisposeAsync() => rows.DisposeAsync();
}
