using System.Data.Common;
using Sluice.Planning;
using Sluice.PostgreSql.Planning;
using Sluice.PostgreSql.Pooling;
using Sluice.PostgreSql.Reading;
using Sluice.PostgreSql.Rendering;
using Sluice.PostgreSql.Sessions;
using Sluice.PostgreSql.Writing;
using Sluice.Providers;
using Sluice.Rendering;
using Sluice.Rows;

namespace Sluice.PostgreSql.Engines;

/// <summary>One connection on loan, as the core uses it: each member hands on to the folder that does it.</summary>
/// <param name="target">Where the connection leads, for messages.</param>
/// <param name="lease">The connection.</param>
/// <param name="perTransaction">What every transaction sets for itself, because the connection's sessions do not keep it; or null.</param>
/// <param name="dialect">How the server's version writes statements.</param>
/// <param name="isInCallers">Whether the connection is in a transaction that was begun outside the session.</param>
sealed class PostgresSession(string target, Lease lease, TransactionOptions? perTransaction, PostgresDialect dialect,
    bool isInCallers) : BulkSession
{
    readonly ServerSession _session = new(target, lease, perTransaction, dialect, isInCallers);

    public override string Target => target;

    public override SqlDialect Dialect => dialect;

    /// <summary>Notes that the connection has been taken into a transaction of System.Transactions.</summary>
    internal bool Join() => _session.Transaction.IsInCallers = true;

    public override Task<Table?> FindTableAsync(string name, string? schema, CancellationToken cancellationToken) =>
        CatalogAccess.FindAsync(_session, name, schema, cancellationToken);

    public override Task<IReadOnlyList<string>> ListTablesAsync(CancellationToken cancellationToken) =>
        CatalogAccess.ListAsync(_session, cancellationToken);

    public override Task CreateTableAsync(Table table, CancellationToken cancellationToken) =>
        CatalogAccess.CreateAsync(_session, table, cancellationToken);

    // What another server refuses of a COPY ends the connection, and with it the caller's transaction.
    public override bool InsertsByStatement(PlanRequest request) =>
        PostgresPlanner.InsertsByStatement(request) || (_session.Transaction.IsOpen && Spread.Is(request.Table));

    public override BulkPlan PlanInsert(PlanRequest request) => Noting(PostgresPlanner.PlanInsert(request));

    public override BulkPlan PlanWrite(PlanRequest request, WriteRequest write) =>
        Noting(PostgresPlanner.PlanWrite(request, write, dialect, ownsTransaction: !_session.Transaction.IsOpen));

    public override BulkPlan? PlanAtOnce(PlanRequest request, WriteRequest write) =>
        PostgresPlanner.PlanAtOnce(request, write, dialect) is { } plan ? Noting(plan) : null;

    BulkPlan Noting(BulkPlan plan) => lease.Backend.IsShared
        ? plan with { Notes = ["a pooler may give each transaction another of the server's processes: nothing is prepared, and no session is relied on"] }
        : plan;

    public override Task<bool> HasConflictIndexAsync(BulkPlan plan, CancellationToken cancellationToken) =>
        ConflictIndex.ExistsAsync(_session, plan, cancellationToken);

    public override ChunkWriter<T> OpenWriter<T>(BulkPlan plan, RowShape<T> shape, BulkOptions options, RowLocator<T> locate) =>
        ChunkWriters.Open(_session, plan, shape, locate);

    public override RowCheck<T> OpenCheck<T>(BulkPlan plan, RowShape<T> shape, RowLocator<T> locate) =>
        PostgresCheck.Of(plan, shape, locate);

    public override ReturningWriter<T, TValue> OpenReturning<T, TValue>(BulkPlan plan, RowShape<T> shape,
        ReturningRequest<TValue> returning, RowLocator<T> locate) =>
        ReturningWriters.Open(_session, plan, shape, returning, locate);

    public override Task<AtOnceOutcome?> TryWriteAtOnceAsync<T>(BulkPlan plan, RowShape<T> shape, RowChunk<T> chunk,
        CancellationToken cancellationToken) =>
        AtOnce.TryWriteAsync(_session, plan, shape, chunk, cancellationToken);

    public override Task<long> ExecuteAsync(RenderedStatement statement, CancellationToken cancellationToken) =>
        _session.ExecuteAsync(statement, cancellationToken);

    public override Task<IReadOnlyList<T>> QueryAsync<T>(RenderedStatement statement, ResultShape<T> shape,
        CancellationToken cancellationToken) =>
        _session.QueryAsync(statement, shape, cancellationToken);

    public override Task<QueryDescription> DescribeAsync(RenderedStatement query, IReadOnlyList<Column>? known,
        CancellationToken cancellationToken) =>
        known is null
            ? _session.RunAsync(() => ExactQuery.DescribeAsync(lease, query, known, cancellationToken), cancellationToken)
            : ExactQuery.DescribeAsync(lease, query, known, cancellationToken);

    public override Task<BatchReader<T>> OpenReaderAsync<T>(StreamRequest request, ResultShape<T> shape,
        CancellationToken cancellationToken) =>
        Readers.OpenAsync(_session, request, shape, cancellationToken);

    public override DbTransaction? DbTransaction => _session.Transaction.Given();

    public override Task BeginAsync(TransactionOptions options, CancellationToken cancellationToken) =>
        _session.Transaction.BeginAsync(options, cancellationToken);

    public override Task CommitAsync(CancellationToken cancellationToken) => _session.Transaction.CommitAsync(cancellationToken);

    public override ValueTask DisposeAsync() => _session.DisposeAsync();
}
