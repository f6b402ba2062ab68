using Sluice.Planning;
using Sluice.PostgreSql.Encoding;
using Sluice.PostgreSql.Planning;
using Sluice.PostgreSql.Schema;
using Sluice.PostgreSql.Sessions;
using Sluice.Providers;
using Sluice.Rows;
using static Sluice.Sql;

namespace Sluice.PostgreSql.Writing;

/// <summary>A chunk's rows as a relation that knows the place of each, for statements that say what became of them.</summary>
abstract class OutcomeRows<T> : IAsyncDisposable
{
    /// <summary>Takes the rows of the next chunk.</summary>
    /// <exception cref="LoadFault">A value does not fit its column.</exception>
    internal abstract Task FillAsync(RowChunk<T> chunk, CancellationToken cancellationToken);

    /// <summary>Which of the rows have a null in a key.</summary>
    internal abstract Task<IReadOnlySet<int>> NullsAsync(int rows, IReadOnlyList<Column> key, CancellationToken cancellationToken);

    /// <summary>Some of the rows.</summary>
    /// <param name="rows">Their indexes in the chunk.</param>
    /// <param name="more">Columns that the rows themselves do not have; their places among these rows among them.</param>
    internal abstract SqlFrom Take(int[] rows, params (string Name, SqlArray Values)[] more);

    /// <summary>Ends the chunk.</summary>
    internal virtual Task EndAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;

    internal static OutcomeRows<T> Of(ServerSession session, BulkPlan plan, RowShape<T> shape, RowLocator<T> locate) =>
        PostgresPlanner.TakesArrays(plan.Columns)
            ? new OutcomeArrays<T>(plan, shape, locate)
            : new OutcomeStaging<T>(session, plan, shape, locate);
}

/// <summary>Rows as one array for each column.</summary>
sealed class OutcomeArrays<T>(BulkPlan plan, RowShape<T> shape, RowLocator<T> locate) : OutcomeRows<T>
{
    readonly ArrayColumns<T> _arrays = new(plan, shape);

    internal override Task FillAsync(RowChunk<T> chunk, CancellationToken cancellationToken)
    {
        _arrays.Clear();
        try
        {
            _arrays.Add(chunk.Rows);
        }
        catch (ValueException refused)
        {
            throw LoadFault.From(refused, plan, shape, chunk, _arrays.Count, _arrays.Field, locate);
        }
        return Task.CompletedTask;
    }

    internal override Task<IReadOnlySet<int>> NullsAsync(int rows, IReadOnlyList<Column> key, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlySet<int>>(Enumerable.Range(0, rows).Where(i => _arrays.HasNull(i, key)).ToHashSet());

    internal override SqlFrom Take(int[] rows, params (string Name, SqlArray Values)[] more) =>
        _arrays.Take(rows, [.. more.Select(m => m.Values)]);

    public override ValueTask DisposeAsync()
    {
        _arrays.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>
/// Rows in a temporary table, as columns of arrays, enumerations, ranges and the like need: they go by COPY, and not in an array.
/// </summary>
sealed class OutcomeStaging<T> : OutcomeRows<T>
{
    static readonly Column<int> s_row = new("sluice_row", SqlType.Integer);

    readonly ServerSession _session;
    readonly BulkPlan _plan;
    readonly NumberedShape<T> _shape;
    readonly RowNumbers _numbers = new();
    readonly RowLocator<T> _locate;
    readonly PlanColumn[] _columns;
    Table? _staging;

    internal OutcomeStaging(ServerSession session, BulkPlan plan, RowShape<T> shape, RowLocator<T> locate)
    {
        (_session, _plan, _locate) = (session, plan, locate);
        _shape = new NumberedShape<T>(shape, s_row);
        _columns = [.. plan.Columns.OrderBy(c => c.FieldIndex), new PlanColumn(_shape.Fields[^1], shape.Fields.Count, s_row)];
    }

    internal override async Task FillAsync(RowChunk<T> chunk, CancellationToken cancellationToken)
    {
        _staging = new Table(TemporaryTables.NewName(), "pg_temp", [.. _columns.Select(c => c.Target)], []);
        var columns = string.Join(", ", _plan.Columns.OrderBy(c => c.FieldIndex).Select(c => PostgresNames.Quote(c.Target.Name)));
        await RunAsync(
            $"CREATE TEMP TABLE {PostgresNames.Quote(_staging.Name)} ON COMMIT DROP AS SELECT {columns}, 0 AS {s_row.Name} FROM {PostgresNames.Quote(_plan.Table.Name, _plan.Table.Schema)} WITH NO DATA",
            cancellationToken).ConfigureAwait(false);
        var copy = ChunkWriters.OpenCopy(_session, PostgresPlanner.PlanCopy(_plan, _staging, _columns), _shape, _locate, _numbers);
        await using var disposal = copy.ConfigureAwait(false);
        _numbers.Start([.. Enumerable.Range(1, chunk.Count).Select(i => (long)i)]);
        await copy.WriteAsync(chunk, cancellationToken).ConfigureAwait(false);
        await copy.CompleteAsync(cancellationToken).ConfigureAwait(false);
    }

    internal override async Task<IReadOnlySet<int>> NullsAsync(int rows, IReadOnlyList<Column> key, CancellationToken cancellationToken)
    {
        var nullable = key.Where(c => c.IsNullable).Select(c => _staging![c].IsNull()).ToList();
        if (nullable.Count == 0)
            return new HashSet<int>();
        var asked = Select(_staging![s_row].As("n")).From(_staging).Where(nullable.Aggregate((one, other) => one | other));
        var found = await _session.QueryAsync(_session.Dialect.Render(asked), new NumbersShape(), cancellationToken).ConfigureAwait(false);
        return found.Select(n => (int)n[0] - 1).ToHashSet();
    }

    internal override SqlFrom Take(int[] rows, params (string Name, SqlArray Values)[] more)
    {
        var places = Unnest("sluice_places", [SqlArray.Of(s_row.Name, rows.Select(r => r + 1)), .. more.Select(m => m.Values)]);
        return Select([.. _plan.Columns.Select(c => _staging![c.Target.Name].As(c.Target.Name)), .. more.Select(m => places[m.Name].As(m.Name))])
            .From(places).Join(_staging!, _staging!.Column<int>(s_row.Name) == places[s_row.Name]).As("sluice_rows");
    }

    // At once, for in a caller's transaction the commit may be far.
    internal override Task EndAsync(CancellationToken cancellationToken) =>
        RunAsync("DROP TABLE " + PostgresNames.Quote(_staging!.Name, _staging.Schema), cancellationToken);

    Task RunAsync(string sql, CancellationToken cancellationToken) =>
        _session.ExecuteAsync(new RenderedStatement(sql, []), cancellationToken);
}
