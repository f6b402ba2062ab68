using System.Data.Common;
using Microsoft.Data.Sqlite;
using Sluice.Planning;
using Sluice.Providers;
using Sluice.Rendering;
using Sluice.Rows;
using Sluice.Sqlite.Catalog;
using Sluice.Sqlite.Connections;
using Sluice.Sqlite.Native;
using Sluice.Sqlite.Planning;
using Sluice.Sqlite.Reading;
using Sluice.Sqlite.Rendering;
using Sluice.Sqlite.Schema;
using Sluice.Sqlite.Sessions;
using Sluice.Sqlite.Workers;
using Sluice.Sqlite.Writing;

namespace Sluice.Sqlite.Engines;

/// <summary>One connection on loan, as the core uses it: each member hands on to the folder that does it.</summary>
sealed class SqliteSession(
    string target, SqliteWorker worker, SqliteEngineOptions options, SqliteDialect dialect, SessionTransaction transaction, Func<SqliteWorker, ValueTask> giveBack) : BulkSession
{
    // Beyond, the thread that hands them over is not made to wait.
    const int MostAtOnce = 3_000;

    // Written in about a tenth of a millisecond. On a busy machine handing over to another thread takes longer: a third of a call of ten
    // rows.
    const int FewRows = 100;

    readonly SessionCalls _calls = new(target, worker, transaction);
    int _variableLimit;

    public override string Target => target;

    public override SqlDialect Dialect => dialect;

    public override Task<Table?> FindTableAsync(string name, string? schema, CancellationToken cancellationToken) =>
        worker.RunAsync(
            db =>
            {
                _variableLimit = db.VariableLimit;
                return worker.Known.Find(db, name, schema);
            },
            cancellationToken);

    public override Task<IReadOnlyList<string>> ListTablesAsync(CancellationToken cancellationToken) =>
        worker.RunAsync(SqliteCatalog.List, cancellationToken);

    public override async Task CreateTableAsync(Table table, CancellationToken cancellationToken)
    {
        SqliteNewTable.Check(table);
        var statements = new SqliteTableText(dialect.NowFor).Create(table);
        if (!await TableCreation.TryRunAsync(worker, table, statements, options.BusyTimeout, cancellationToken).ConfigureAwait(false))
            throw transaction.Locked();
    }

    public override BulkPlan PlanInsert(PlanRequest request) => SqlitePlanner.PlanInsert(request, _variableLimit);

    public override BulkPlan PlanWrite(PlanRequest request, WriteRequest write) => SqlitePlanner.PlanWrite(request, write, dialect);

    public override Task<bool> HasConflictIndexAsync(BulkPlan plan, CancellationToken cancellationToken) =>
        worker.RunAsync(
            db =>
            {
                try
                {
                    db.Prepare(plan.Rendered[0].Text).Dispose();
                    return true;
                }
                catch (SqliteException refused) when (refused.Is(ResultCode.Error) && refused.Message.Contains("ON CONFLICT", StringComparison.Ordinal))
                {
                    return false;
                }
            },
            cancellationToken);

    public override ChunkWriter<T> OpenWriter<T>(BulkPlan plan, RowShape<T> shape, BulkOptions bulkOptions, RowLocator<T> locate)
    {
        transaction.Use = $"a load into '{plan.Table.QualifiedName}'";
        return plan.Path switch
        {
            SeveralRows => new SqliteWriter<T>(worker, plan, shape, locate, transaction.IsOpen),
            EachRow => new RowStatementWriter<T>(worker, plan, shape, locate, dialect, options, transaction.IsOpen),
            var path => throw new System.Diagnostics.UnreachableException($"A plan for another database: {path}"),
        };
    }

    public override RowCheck<T> OpenCheck<T>(BulkPlan plan, RowShape<T> shape, RowLocator<T> locate) =>
        new SqliteCheck<T>(worker, plan, shape, locate);

    public override ReturningWriter<T, TValue> OpenReturning<T, TValue>(BulkPlan plan, RowShape<T> shape,
        ReturningRequest<TValue> returning, RowLocator<T> locate)
    {
        var singly = new SqliteReturningWriter<T, TValue>(worker, plan, shape, returning, locate, dialect, transaction.IsOpen);
        return NumberedWriter.Serves(plan, returning.Columns, typeof(TValue))
            ? new NumberedWriter<T, TValue>(worker, plan, shape, locate, _variableLimit, transaction.IsOpen, singly)
            : singly;
    }

    public override BulkPlan? PlanAtOnce(PlanRequest request, WriteRequest write)
    {
        _variableLimit = worker.VariableLimit;
        return request.Options.Target.Path is not RowPath.Automatic ? null : write.Statement.Inserts
            && write.IsPlain ? PlanInsert(request) : PlanWrite(request, write);
    }

    public override async Task<AtOnceOutcome?> TryWriteAtOnceAsync<T>(BulkPlan plan, RowShape<T> shape, RowChunk<T> chunk,
        CancellationToken cancellationToken)
    {
        // Only where the lock is free: waiting for it without holding a thread is the long way's.
        if (transaction.IsBegun || chunk.Count > MostAtOnce || !transaction.TryTakeLock())
            return null;
        try
        {
            return await (chunk.Count <= FewRows
                ? worker.RunBrieflyAsync(Write, cancellationToken)
                : worker.RunAsync(Write, cancellationToken)).ConfigureAwait(false);
        }
        finally
        {
            transaction.ReleaseLock();
        }

        AtOnceOutcome? Write(SqliteHandle db) => AtOnceWriter<T>.Write(db, worker.Known, plan, shape, chunk, dialect, options.Begin);
    }

    public override Task<long> ExecuteAsync(RenderedStatement statement, CancellationToken cancellationToken) =>
        _calls.RunAsync(db => StatementRun.Execute(db, statement, options, dialect.Text, cancellationToken), cancellationToken,
            CommitsByItself(statement));

    public override Task<IReadOnlyList<T>> QueryAsync<T>(RenderedStatement statement, ResultShape<T> shape,
        CancellationToken cancellationToken) =>
        _calls.RunAsync(db => StatementRun.Query(db, statement, shape, options, dialect.Text, cancellationToken), cancellationToken,
            CommitsByItself(statement));

    bool CommitsByItself(RenderedStatement statement) => !statement.OnlyReads && !transaction.IsOpen;

    public override Task<QueryDescription> DescribeAsync(RenderedStatement query, IReadOnlyList<Column>? known,
        CancellationToken cancellationToken) =>
        _calls.RunAsync(db => new QueryDescription(known ?? ResultColumns.Of(db, query.Text), query, IsTypedByValue: true),
            cancellationToken);

    public override async Task<BatchReader<T>> OpenReaderAsync<T>(StreamRequest request, ResultShape<T> shape,
        CancellationToken cancellationToken)
    {
        if (!request.InTransaction)
            await BeginAsync(new TransactionOptions { ReadOnly = true }, cancellationToken).ConfigureAwait(false);
        return new SteppingReader<T>(_calls, request,
            new StatementRows<T>(request.Statement, shape, options, dialect.Text, request.InTransaction));
    }

    public override DbTransaction? DbTransaction => transaction.OfDriver;

    public override Task BeginAsync(TransactionOptions options, CancellationToken cancellationToken) =>
        transaction.BeginAsync(options, cancellationToken);

    public override Task CommitAsync(CancellationToken cancellationToken) => transaction.CommitAsync(cancellationToken);

    public override async ValueTask DisposeAsync()
    {
        var isSound = true;
        try
        {
            isSound = await transaction.EndAsync().ConfigureAwait(false);
        }
        finally
        {
            await (isSound ? giveBack(worker) : worker.DisposeAsync()).ConfigureAwait(false);
        }
    }
}
