using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Sluice.Planning;
using Sluice.Rendering;
using Sluice.Rows;

namespace Sluice.Providers;

/// <summary>One connection on loan to one load, and the transaction on it.</summary>
/// <remarks>Disposal rolls back an open transaction and gives the connection back as it was lent.</remarks>
[Experimental(ExperimentalFor.Providers)]
public abstract class BulkSession : IAsyncDisposable
{
    /// <summary>Where the connection leads, without secrets, for messages.</summary>
    public abstract string Target { get; }

    /// <summary>How the server that the connection leads to writes statements. It stays the same.</summary>
    public abstract SqlDialect Dialect { get; }

    /// <summary>Reads a table's description from the catalog.</summary>
    /// <param name="name">The name, exactly as the database has it.</param>
    /// <param name="schema">The schema, or null for the connection's default.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The description, or null where there is no such table.</returns>
    public abstract Task<Table?> FindTableAsync(string name, string? schema, CancellationToken cancellationToken);

    /// <summary>The names of the tables that this connection sees without naming a schema, for offering the closest.</summary>
    public abstract Task<IReadOnlyList<string>> ListTablesAsync(CancellationToken cancellationToken);

    /// <summary>Creates a table from its description where there is none of that name.</summary>
    public abstract Task CreateTableAsync(Table table, CancellationToken cancellationToken);

    /// <summary>Decides how rows are inserted: checks every field against its column and chooses the way of writing.</summary>
    /// <exception cref="BulkPlanException">A field has values that its column cannot hold.</exception>
    public abstract BulkPlan PlanInsert(PlanRequest request);

    /// <summary>
    /// Whether rows are inserted by a statement, because the faster way does not heed all of the table's rules, or would not tell how many
    /// were stored.
    /// </summary>
    public virtual bool InsertsByStatement(PlanRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Table.Traits.HasFlag(TableTraits.RowSecurity);
    }

    /// <summary>Decides how rows change a table.</summary>
    /// <exception cref="BulkPlanException">
    /// A field has values that its column cannot hold, or the table has no key as the request needs it.
    /// </exception>
    public abstract BulkPlan PlanWrite(PlanRequest request, WriteRequest write);

    /// <summary>
    /// Whether a unique index serves a plan's conflict target. Where the target has a predicate, only the database can tell.
    /// </summary>
    public virtual Task<bool> HasConflictIndexAsync(BulkPlan plan, CancellationToken cancellationToken) => Task.FromResult(true);

    /// <summary>Opens a writer for a plan made by this session.</summary>
    public abstract ChunkWriter<T> OpenWriter<T>(BulkPlan plan, RowShape<T> shape, BulkOptions options, RowLocator<T> locate);

    /// <summary>Opens a check of rows by the rules of a plan's writer.</summary>
    public abstract RowCheck<T> OpenCheck<T>(BulkPlan plan, RowShape<T> shape, RowLocator<T> locate);

    /// <summary>Opens a writer that tells what became of each row, for a plan made by <see cref="PlanWrite"/>.</summary>
    /// <exception cref="BulkPlanException">The database cannot tell which row has which values.</exception>
    public abstract ReturningWriter<T, TValue> OpenReturning<T, TValue>(BulkPlan plan, RowShape<T> shape,
        ReturningRequest<TValue> returning, RowLocator<T> locate);

    /// <summary>
    /// Decides how a few rows of a table that was described before are written in a transaction of their own, in as few round trips as
    /// there can be.
    /// </summary>
    /// <returns>The plan, or null where they need another way.</returns>
    /// <exception cref="BulkPlanException">As for <see cref="PlanWrite"/>.</exception>
    public virtual BulkPlan? PlanAtOnce(PlanRequest request, WriteRequest write) => null;

    /// <summary>Writes a few rows in a transaction of their own, in as few round trips as there can be.</summary>
    /// <returns>What became of them, committed; or null where nothing was done, because it cannot be done so or was refused.</returns>
    /// <exception cref="LoadFault">The connection was lost, and the outcome is unknown.</exception>
    public virtual Task<AtOnceOutcome?> TryWriteAtOnceAsync<T>(BulkPlan plan, RowShape<T> shape, RowChunk<T> chunk,
        CancellationToken cancellationToken) =>
        Task.FromResult<AtOnceOutcome?>(null);

    /// <summary>Runs a statement.</summary>
    /// <returns>The rows that it changed, or that it returned.</returns>
    /// <exception cref="LoadFault">The database refused it.</exception>
    public abstract Task<long> ExecuteAsync(RenderedStatement statement, CancellationToken cancellationToken);

    /// <summary>Runs a statement to its end and reads what it returns.</summary>
    /// <exception cref="LoadFault">The database refused it.</exception>
    public abstract Task<IReadOnlyList<T>> QueryAsync<T>(RenderedStatement statement, ResultShape<T> shape,
        CancellationToken cancellationToken);

    /// <summary>
    /// Finds out which columns a query returns, and in which form its values are read without loss as <see cref="StoredValue"/>.
    /// </summary>
    /// <param name="query">The query.</param>
    /// <param name="known">The columns, where a catalog has told them; null to ask the database.</param>
    /// <param name="cancellationToken">Cancels the asking.</param>
    /// <exception cref="LoadFault">The database refused the query.</exception>
    public abstract Task<QueryDescription> DescribeAsync(RenderedStatement query, IReadOnlyList<Column>? known,
        CancellationToken cancellationToken);

    /// <summary>
    /// Opens a reader for a query's rows. Outside the caller's transaction it begins one of its own where the rows need it.
    /// </summary>
    /// <exception cref="LoadFault">The database refused it.</exception>
    public abstract Task<BatchReader<T>> OpenReaderAsync<T>(StreamRequest request, ResultShape<T> shape,
        CancellationToken cancellationToken);

    /// <summary>Whether the session is part of the caller's transaction.</summary>
    public virtual bool IsNested => false;

    /// <summary>The open transaction as the driver has it; null where the driver has none.</summary>
    public virtual DbTransaction? DbTransaction => null;

    /// <summary>Begins the transaction that the next chunks are written in.</summary>
    public Task BeginAsync(CancellationToken cancellationToken) => BeginAsync(TransactionOptions.Default, cancellationToken);

    /// <summary>Begins a transaction.</summary>
    public abstract Task BeginAsync(TransactionOptions options, CancellationToken cancellationToken);

    /// <summary>Commits that transaction.</summary>
    /// <exception cref="BulkException">The commit failed, or its outcome is unknown; the message says which.</exception>
    public abstract Task CommitAsync(CancellationToken cancellationToken);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
