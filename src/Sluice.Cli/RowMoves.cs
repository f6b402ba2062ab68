using Sluice.Loading;
using Sluice.Planning;
using Sluice.Providers;

namespace Sluice.Cli;

/// <summary>Runs or checks what `--mode` names.</summary>
sealed class RowMoves(SessionSource database, LoadOptions options)
{
    internal Task<BulkResult> RunAsync(RowSource rows, Table table, BulkOptions writing, CancellationToken cancellationToken) =>
        Verb.RunAsync(database, rows, table, OperationOn(table), writing, cancellationToken);

    /// <summary>Holds the rows against the table by the rules of the load, and sends none.</summary>
    internal Task<CheckResult> CheckAsync(RowSource rows, TargetTable table, Action<Failure> refused,
        CancellationToken cancellationToken) =>
        Verb.CheckAsync(database, rows, table.Description, table.IsFound, OperationOn(table.Description), options.Writing, refused,
            cancellationToken);

    Operation OperationOn(Table table) => options.Mode switch
    {
        LoadMode.Upsert => new UpsertOperation(on => Upserting(on, table, options.Where)),
        LoadMode.Update => new KeyedOperation(on => Updating(on, table), deletes: false),
        LoadMode.Delete => new KeyedOperation(on => Updating(on, table), deletes: true),
        LoadMode.Sync => new SyncOperation(on => Upserting(on, table, where: null), Condition(options.Where!), options.AllowEmpty),
        _ => new InsertOperation(),
    };

    UpsertTarget Upserting(UpsertTarget on, Table table, string? where)
    {
        if (options.Key.Count > 0)
            on = on.Columns(Columns(table, options.Key, "--key"));
        if (options.Set.Count > 0)
            on = on.Set(Columns(table, options.Set, "--set"));
        return where is null ? on : on.Where(Condition(where));
    }

    UpdateTarget Updating(UpdateTarget on, Table table)
    {
        if (options.Key.Count > 0)
            on = on.Columns(Columns(table, options.Key, "--key"));
        if (options.Set.Count > 0)
            on = on.Set(Columns(table, options.Set, "--set"));
        return options.Where is null ? on : on.Where(Condition(options.Where));
    }

    // The text is the caller's own SQL, as in psql; it never comes from a file.
    static SqlBool Condition(string sql) => Sql.Raw($"({sql})").AsCondition();

    static Column[] Columns(Table table, IReadOnlyList<string> names, string option) =>
        [.. names.Select(name => table.TryGetColumn(name, out var column)
        ? column
        : throw UsageProblems.Usage($"{option} names '{name}', which table '{table.QualifiedName}' has not; it has {string.Join(", ", table.Columns)}"))];
}
