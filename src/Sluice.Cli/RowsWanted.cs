using Sluice.Reading;

namespace Sluice.Cli;

/// <summary>The rows of a database that are asked for: a table's, or those of a query in the caller's own SQL.</summary>
sealed record RowsWanted(string? Table, string? Query)
{
    /// <exception cref="BulkPlanException">The database or the table is missing, or the query returns two columns of one name.</exception>
    internal async Task<DatabaseRows> OpenAsync(Engine engine, TargetAddress database, CancellationToken cancellationToken)
    {
        if (database.SqlitePath is { } path && !File.Exists(path))
            throw RunProblems.NoDatabaseToRead(path);
        if (Query is not null)
            return await engine.OpenRowsAsync(Sql.Raw(Query.TrimEnd().TrimEnd(';')), options: null,
                cancellationToken).ConfigureAwait(false);
        try
        {
            var table = await engine.ReadTableAsync(Table!, cancellationToken).ConfigureAwait(false);
            return await engine.OpenRowsAsync(table, options: null, cancellationToken).ConfigureAwait(false);
        }
        catch (BulkPlanException missing) when (missing.Failure.Kind is FailureKind.MissingTable)
        {
            throw RunProblems.NoTableToRead(missing);
        }
    }
}

/// <summary>A database that rows are loaded from.</summary>
sealed record DatabaseInput(TargetAddress Address, RowsWanted Rows)
{
    /// <summary>What reports call it: never the address, which may hold a password.</summary>
    internal string Describe() => $"{Rows.Table ?? "query"} of {Address}";
}
