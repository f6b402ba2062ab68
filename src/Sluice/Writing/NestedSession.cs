using System.Globalization;
using Sluice.Planning;
using Sluice.Rows;
using Sluice.Schema;

namespace Sluice.Writing;

/// <summary>The session of a caller's transaction, on loan to one load: what the load commits is a savepoint's, the rest is the caller's.</summary>
sealed class NestedSession(BulkSession session, string savepoint, bool ownsSession = false) : BulkSession
{
    bool _begun;

    internal static string Name(string kind, int number) => string.Create(CultureInfo.InvariantCulture, $"sluice_{kind}_{number}");

    public override string Target => session.Target;

    public override Task<Table?> FindTableAsync(string name, string? schema, CancellationToken cancellationToken) =>
        session.FindTableAsync(name, schema, cancellationToken);

    public override Task<IReadOnlyList<string>> ListTablesAsync(CancellationToken cancellationToken) => session.ListTablesAsync(cancellationToken);

    public override Task CreateTableAsync(Table table, CancellationToken cancellationToken) => session.CreateTableAsync(table, cancellationToken);

    public override BulkPlan PlanInsert(PlanRequest request) => session.PlanInsert(request);

    public override ReturningWriter<T, TValue> OpenReturning<T, TValue>(BulkPlan plan, RowShape<T> shape, ReturningRequest<TValue> returning, RowLocator<T> locate) =>
        session.OpenReturning(plan, shape, returning, locate);

    public override BulkPlan PlanWrite(PlanRequest request, WriteRequest write) => session.PlanWrite(request, write);

    public override Task<bool> HasConflictIndexAsync(BulkPlan plan, CancellationToken cancellationToken) => session.HasConflictIndexAsync(plan, cancellationToken);

    public override ChunkWriter<T> OpenWriter<T>(BulkPlan plan, RowShape<T> shape, BulkOptions options, RowLocator<T> locate) =>
        session.OpenWriter(plan, shape, options, locate);

    public override Task<long> ExecuteAsync(RenderedStatement statement, CancellationToken cancellationToken) => session.ExecuteAsync(statement, cancellationToken);

    public override Task<IReadOnlyList<T>> QueryAsync<T>(RenderedStatement statement, ResultShape<T> shape, CancellationToken cancellationToken) =>
        session.QueryAsync(statement, shape, cancellationToken);

    public override Task<QueryDescription> DescribeAsync(RenderedStatement query, IReadOnlyList<Column>? known, CancellationToken cancellationToken) =>
        session.DescribeAsync(query, known, cancellationToken);

    public override bool IsNested => true;

    public override Task<BatchReader<T>> OpenReaderAsync<T>(StreamRequest request, ResultShape<T> shape, CancellationToken cancellationToken) =>
        session.OpenReaderAsync(request with { InTransaction = true }, shape, cancellationToken);

    public override async Task BeginAsync(TransactionOptions options, CancellationToken cancellationToken)
    {
        await RunAsync("SAVEPOINT ", cancellationToken).ConfigureAwait(false);
        _begun = true;
        await session.MarkAsync(cancellationToken).ConfigureAwait(false);
    }

    public override async Task CommitAsync(CancellationToken cancellationToken)
    {
        await RunAsync("RELEASE SAVEPOINT ", cancellationToken).ConfigureAwait(false);
        _begun = false;
    }

    Task<long> RunAsync(string words, CancellationToken cancellationToken) =>
        session.ExecuteAsync(new RenderedStatement(words + savepoint, []), cancellationToken);

    public override async ValueTask DisposeAsync()
    {
        if (_begun)
            await UndoAsync().ConfigureAwait(false);
        if (ownsSession)
            await session.DisposeAsync().ConfigureAwait(false);
    }

    async Task UndoAsync()
    {
        _begun = false;
        try
        {
            await RunAsync("ROLLBACK TO SAVEPOINT ", CancellationToken.None).ConfigureAwait(false);
            await RunAsync("RELEASE SAVEPOINT ", CancellationToken.None).ConfigureAwait(false);
        }
        catch (LoadFault)
        {
            // The connection or the transaction is gone, and with it what was to be undone. What ended it is on its way to the caller.
        }
    }
}
