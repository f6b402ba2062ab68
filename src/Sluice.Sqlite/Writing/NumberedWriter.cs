using System.Globalization;
using Sluice.Planning;
using Sluice.Providers;
using Sluice.Rows;
using Sluice.Sqlite.Connections;
using Sluice.Sqlite.Native;
using Sluice.Sqlite.Planning;
using Sluice.Sqlite.Schema;
using Sluice.Sqlite.Workers;

namespace Sluice.Sqlite.Writing;

static class NumberedWriter
{
    /// <summary>
    /// Whether all that is wanted of rows is the number that the database gives each, and the numbers of several follow from the last
    /// one's.
    /// </summary>
    /// <remarks>A trigger or a constraint may leave a row out, and a trigger insert rows of its own in between.</remarks>
    internal static bool Serves(BulkPlan plan, IReadOnlyList<Column> returned, Type value) =>
        plan.Write!.Statement is { Inserts: true, CanUpdate: false, IgnoresConflicts: false }
        && returned is [{ Generated: Generated.ByDefault or Generated.Always } only]
        && plan.Table.PrimaryKey is [var key] && key.Name == only.Name
        && plan.Columns.All(column => column.Target.Name != key.Name)
        && (plan.Table.Traits & (TableTraits.Triggers | TableTraits.View | TableTraits.IgnoresConflicts)) == 0
        && value.IsPrimitive;
}

/// <summary>Inserts rows as a plain insert does, several a statement, and tells their numbers.</summary>
/// <remarks>
/// A new row's number is one more than the largest in the table, until that is the largest there can be: https://sqlite.org/autoinc.html.
/// Nobody else writes within the transaction, so the numbers of a chunk's rows are those up to its last one's.
/// </remarks>
/// <param name="worker">The connection.</param>
/// <param name="plan">A plan that <see cref="NumberedWriter.Serves"/>.</param>
/// <param name="shape">The rows.</param>
/// <param name="locate">Where rows stand in their source.</param>
/// <param name="variableLimit">The most parameters of a statement.</param>
/// <param name="isPart">Whether the caller's transaction goes on after a load that is cancelled.</param>
/// <param name="singly">Takes over where the numbers have come to their end, and do not follow each other.</param>
sealed class NumberedWriter<T, TValue>(
    SqliteWorker worker, BulkPlan plan, RowShape<T> shape, RowLocator<T> locate, int variableLimit, bool isPart, SqliteReturningWriter<T, TValue> singly) : ReturningWriter<T, TValue>
{
    // Far below the largest number, and above any that a table comes to by counting.
    const long MostCounted = 1L << 62;

    readonly SqliteWriter<T> _rows = new(worker, SqlitePlanner.PlanRows(plan, plan.Table, plan.Columns, variableLimit), shape, locate,
        isPart);
    RowOutcome<TValue>[] _outcomes = [];
    bool? _counts;

    public override async ValueTask<IReadOnlyList<RowOutcome<TValue>>> WriteAsync(RowChunk<T> chunk, CancellationToken cancellationToken) =>
        await worker.WriteAsync(db => Write(db, chunk), isPart, cancellationToken).ConfigureAwait(false);

    unsafe RowOutcome<TValue>[] Write(SqliteHandle db, RowChunk<T> chunk)
    {
        _counts ??= Largest(db) < MostCounted;
        if (_counts is false)
            return singly.Write(db, chunk);
        _rows.Write(db, chunk);
        var first = NativeCalls.LastInsertRowId(db.Pointer) - chunk.Count + 1;
        if (_outcomes.Length != chunk.Count)
            _outcomes = new RowOutcome<TValue>[chunk.Count];
        for (var i = 0; i < _outcomes.Length; i++)
            _outcomes[i] = new(RowAction.Inserted, As(first + i));
        return _outcomes;
    }

    long Largest(SqliteHandle db) => db.Query(
        $"SELECT coalesce(max({SqliteNames.Quote(plan.Table.PrimaryKey[0].Name)}), 0) FROM {SqliteNames.Quote(plan.Table.Name, plan.Table.Schema)}", row => row.Long(0))[0];

    static TValue As(long number) => typeof(TValue) == typeof(long)
        ? (TValue)(object)number
        : (TValue)Convert.ChangeType(number, typeof(TValue), CultureInfo.InvariantCulture);

    public override async ValueTask DisposeAsync()
    {
        await _rows.DisposeAsync().ConfigureAwait(false);
        await singly.DisposeAsync().ConfigureAwait(false);
    }
}
