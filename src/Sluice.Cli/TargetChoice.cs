
namespace Sluice.Cli;

/// <summary>Settles which table a file is loaded into, and whether it may be created.</summary>
sealed class TargetChoice(Engine engine, LoadOptions options)
{
    /// <exception cref="BulkPlanException">
    /// The table is missing and may not be created, or its key is not the one that was named.
    /// </exception>
    internal async Task<TargetTable> ChooseAsync(LoadSource rows, CancellationToken cancellationToken)
    {
        var name = options.Table ?? rows.TableName;
        // A new database would be left behind, empty, by a load that finds no table in it.
        if (options.Target.SqlitePath is { } path && !File.Exists(path))
            return options.Create ? new TargetTable(Describe(rows, name), IsFound: false) : throw RunProblems.NoDatabase(path);
        // The load itself looks the table up and creates it; a question beforehand costs a round trip, so it is asked only where it decides
        // something.
        if (options is { DryRun: not DryRunKind.Check, Create: true, Key: [] } && !name.AsSpan().ContainsAny('.', '"'))
            return new TargetTable(Describe(rows, name), IsFound: false);
        var found = await FindAsync(name, cancellationToken).ConfigureAwait(false);
        if (found is null)
            return new TargetTable(Describe(rows, name), IsFound: false);
        if (options is { Mode: LoadMode.Insert, Key.Count: > 0 } && !options.Key.SequenceEqual(found.PrimaryKey.Select(c => c.Name), StringComparer.Ordinal))
            throw RunProblems.AnotherKey(found, options.Key);
        return new TargetTable(found, IsFound: true);
    }

    async Task<Table?> FindAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await engine.ReadTableAsync(name, cancellationToken).ConfigureAwait(false);
        }
        catch (BulkPlanException missing) when (missing.Failure.Kind is FailureKind.MissingTable)
        {
            return options.Create ? null : throw RunProblems.NoTable(missing);
        }
    }

    /// <summary>The table as it would be created.</summary>
    /// <exception cref="BulkPlanException">The database cannot hold it.</exception>
    Table Describe(LoadSource rows, string name)
    {
        var (schema, plain) = options.Table is null ? (null, name) : NameOf(name);
        var table = rows.Describe(plain, schema, options.Key);
        engine.Dialect.CheckTable(table);
        return table;
    }

    // A file's own name is never taken apart. What is told by --table is read as SQL writes names, and as a schema and a name with a dot
    // between, which in SQLite is part of a name unless the schema is its own.
    (string? Schema, string Name) NameOf(string name)
    {
        if (TableName.TryParse(name, out var schema, out var quoted))
            return (schema, quoted);
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && dot < name.Length - 1 && (options.Target.IsPostgres || name[..dot] is "main")
            ? (name[..dot], name[(dot + 1)..])
            : (null, name);
    }
}

/// <summary>The table that a file is loaded into.</summary>
/// <param name="Description">As the catalog has it, or as it would be created.</param>
/// <param name="IsFound">Whether the catalog was asked and has it.</param>
readonly record struct TargetTable(Table Description, bool IsFound);
