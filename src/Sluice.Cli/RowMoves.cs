using Sluice.Planning;

namespace Sluice.Cli;

/// <summary>Runs the verb that `--mode` names.</summary>
sealed class RowMoves(Engine engine, LoadOptions options)
{
    internal Task<BulkResult> RunAsync(RowSource rows, Table table, BulkOptions writing, CancellationToken cancellationToken) =>
        options.Mode switch
        {
            LoadMode.Upsert => engine.UpsertAsync(rows, table, on => Upserting(on, table, options.Where), writing, cancellationToken),
            LoadMode.Update => engine.UpdateAsync(rows, table, on => Updating(on, table), writing, cancellationToken),
            LoadMode.Delete => engine.DeleteAsync(rows, table, on => Updating(on, table), writing, cancellationToken),
            LoadMode.Sync =>
                engine.SyncAsync(rows, Condition(options.Where!), table, on => Upserting(on, table, where: null), options.AllowEmpty,
                    writing,
                    cancellationToken),
            _ => engine.InsertAsync(rows, table, writing, cancellationToken),
        };

    internal Task<BulkPlan> PlanAsync(RowSource rows, Table table, BulkOptions writing, CancellationToken cancellationToken) =>
        options.Mode switch
        {
            LoadMode.Upsert => engine.PlanUpsertAsync(rows, table, on => Upserting(on, table, options.Where), writing, cancellationToken),
            LoadMode.Update => engine.PlanUpdateAsync(rows, table, on => Updating(on, table), writing, cancellationToken),
            LoadMode.Delete => engine.PlanDeleteAsync(rows, table, on => Updating(on, table), writing, cancellationToken),
            LoadMode.Sync =>
                engine.PlanSyncAsync(rows, Condition(options.Where!), table, on => Upserting(on, table, where: null), writing,
                    cancellationToken),
            _ => engine.PlanInsertAsync(rows, table, writing, cancellationToken),
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
