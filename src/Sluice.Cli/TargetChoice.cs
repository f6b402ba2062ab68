using Sluice.Schema;

namespace Sluice.Cli;

/// <summary>Settles which table a file is loaded into, and whether it may be created.</summary>
sealed class TargetChoice(Engine engine, LoadOptions options)
{
    /// <exception cref="BulkPlanException">The table is missing and may not be created, or its key is not the one that was named.</exception>
    internal async Task<TargetTable> ChooseAsync(LoadSource rows, CancellationToken cancellationToken)
    {
        var name = options.Table ?? rows.TableName;
        // A new database would be left behind, empty, by a load that finds no table in it.
        if (options.Target.SqlitePath is { } path && !File.Exists(path))
            return options.Create ? new TargetTable(Describe(rows, name), IsFound: false) : throw Throw.NoDatabase(path);
        // The load itself looks the table up and creates it; a question beforehand costs a round trip, so it is asked only where it decides something.
        if (options is { DryRun: false, Create: true, Key: [] } && !name.Contains('.', StringComparison.Ordinal))
            return new TargetTable(Describe(rows, name), IsFound: false);
        var found = await FindAsync(name, cancellationToken).ConfigureAwait(false);
        if (found is null)
            return new TargetTable(Describe(rows, name), IsFound: false);
        if (options is { Mode: LoadMode.Insert, Key.Count: > 0 } && !options.Key.SequenceEqual(found.PrimaryKey.Select(c => c.Name), StringComparer.Ordinal))
            throw Throw.AnotherKey(found, options.Key);
        return new TargetTable(found, IsFound: true);
    }

    async Task<Table?> FindAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await engine.ReadTableAsync(name, cancellationToken).ConfigureAwait(false);
        }
        catch (BulkPlanException missing) when (missing.Code is "SLU0102")
        {
            return options.Create ? null : throw Throw.NoTable(missing);
        }
    }

    // In PostgreSQL a dot in --table parts the schema from the name; a file's own name is never taken apart.
    Table Describe(LoadSource rows, string name)
    {
        var dot = options is { Table: not null, Target.IsPostgres: true } ? name.IndexOf('.', StringComparison.Ordinal) : -1;
        return dot > 0 && dot < name.Length - 1
            ? rows.Describe(name[(dot + 1)..], name[..dot], options.Key)
            : rows.Describe(name, schema: null, options.Key);
    }
}
