using Sluice.Planning;
using Sluice.Providers;

namespace Sluice.Loading;

/// <summary>Finds the table that rows are written to, in the catalog.</summary>
static class TargetTable
{
    /// <summary>Finds a table by a name that may bring its schema before a dot.</summary>
    internal static async Task<Table> ReadAsync(BulkSession session, string name, CancellationToken cancellationToken)
    {
        var table = await session.FindTableAsync(name, schema: null, cancellationToken).ConfigureAwait(false);
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        if (table is null && dot > 0)
            table = await session.FindTableAsync(name[(dot + 1)..], name[..dot], cancellationToken).ConfigureAwait(false);
        if (table is null && TableName.TryParse(name, out var schema, out var plain))
            table = await session.FindTableAsync(plain, schema, cancellationToken).ConfigureAwait(false);
        return table ?? throw await MissingAsync(session, name, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Finds the table that a description names.</summary>
    internal static async Task<Table> ReadAsync(BulkSession session, Table described, CancellationToken cancellationToken) =>
        await session.FindTableAsync(described.Name, described.Schema, cancellationToken).ConfigureAwait(false)
            ?? throw await MissingAsync(session, described.QualifiedName, cancellationToken).ConfigureAwait(false);

    /// <summary>
    /// Finds the table that a description names; one that is missing is created in a transaction that stays open for the rows.
    /// </summary>
    /// <returns>The table, and whether it was created.</returns>
    internal static async Task<(Table Table, bool Created)> ReadOrCreateAsync(BulkSession session, Table described,
        TransactionOptions transaction, CancellationToken cancellationToken)
    {
        if (await session.FindTableAsync(described.Name, described.Schema, cancellationToken).ConfigureAwait(false) is { } found)
            return (found, false);
        await session.BeginAsync(transaction, cancellationToken).ConfigureAwait(false);
        await session.CreateTableAsync(described, cancellationToken).ConfigureAwait(false);
        return (await ReadAsync(session, described, cancellationToken).ConfigureAwait(false), true);
    }

    static async Task<BulkPlanException> MissingAsync(BulkSession session, string name, CancellationToken cancellationToken)
    {
        var names = await session.ListTablesAsync(cancellationToken).ConfigureAwait(false);
        // The catalog lists it, so what it lacks is columns.
        if (names.Contains(name, StringComparer.Ordinal))
            return LoadProblems.ResultWithoutColumns();
        var closest = ClosestName.Find(name, names)
            ?? names.FirstOrDefault(n => n.EndsWith("." + name, StringComparison.OrdinalIgnoreCase));
        return LoadProblems.NoSuchTable(name, session.Target, closest is null ? [] : [closest]);
    }
}
