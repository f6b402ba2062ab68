using Microsoft.Data.Sqlite;
using Sluice.Planning;
using Sluice.Rows;
using Sluice.Sqlite.Catalog;
using Sluice.Sqlite.Connections;
using Sluice.Sqlite.Reading;
using Sluice.Sqlite.Rendering;
using Sluice.Sqlite.Schema;
using Sluice.Sqlite.Workers;
using Sluice.Sqlite.Writing;
using Sluice.Providers;
using Sluice.Sqlite.Native;

namespace Sluice.Sqlite.Engines;

/// <summary>One connection on loan, and the write lock while a transaction is open.</summary>
sealed class SqliteSession(
    string target, SqliteWorker worker, SqliteEngineOptions options, SqliteDialect dialect, WriteLock writing, Func<SqliteWorker, ValueTask> giveBack) : BulkSession
{
    bool _begun;
    bool _readOnly;
    bool _holdsLock;
    TimeSpan? _statementTimeout = options.StatementTimeout;
    int _variableLimit;
    string _use = "a transaction";

    /// <summary>Whether the connection is in a transaction that the caller began through the driver.</summary>
    internal bool IsInCallers { get; init; }

    // Begun by this session, or by the caller.
    bool IsPart => _begun || IsInCallers;

    public override string Target => target;

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
        var statements = SqliteStatements.Create(table, dialect.NowFor);
        bool created;
        try
        {
            created = await worker.RunAsync(db => TryCreate(db, table, statements, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (LoadFault fault) when (fault.InnerException is SqliteException failure && NativeProblems.IsPlainRefusal(failure))
        {
            throw NativeProblems.NotCreated(table, failure);
        }
        if (!created)
            throw NativeProblems.Locked(target, options.BusyTimeout, writing.Holder);
    }

    // A table that is there already is left as it is, indexes and all.
    bool TryCreate(SqliteHandle db, Table table, IReadOnlyList<string> statements, CancellationToken cancellationToken)
    {
        if (SqliteCatalog.Exists(db, table.Name, table.Schema))
            return true;
        if (statements.Count == 1)
            return db.TryExecute(statements[0], options.BusyTimeout, cancellationToken);
        db.Execute("SAVEPOINT sluice_create");
        var created = false;
        try
        {
            created = statements.All(sql => db.TryExecute(sql, options.BusyTimeout, cancellationToken));
        }
        finally
        {
            if (!created)
                db.Execute("ROLLBACK TO sluice_create");
            db.Execute("RELEASE sluice_create");
        }
        return created;
    }

    public override BulkPlan PlanInsert(PlanRequest request)
    {
        if (request.Table.Traits.HasFlag(TableTraits.View) && !request.Table.Traits.HasFlag(TableTraits.Triggers))
            throw TableProblems.PlainView(request.Table);
        var columns = FieldMatch.ForInsert(request, out var leftOut);
        foreach (var column in columns)
            Acceptance.Check(column, request.Table);
        var plan = new BulkPlan
        {
            Operation = "insert",
            Source = request.Source,
            Table = request.Table,
            Columns = columns,
            LeftOut = leftOut,
            Path = "prepared rows",
            Reason = "one native statement, bound and stepped for every few rows, is the fastest way into SQLite",
            Statements = [],
            ChunkSize = request.Options.ChunkSize,
            Commit = request.Options.Commit,
            Order = FieldMatch.Order(request, columns),
        };
        return plan with { Statements = [SqliteStatements.Insert(plan, SqliteWriter.RowsPerStatement(plan, _variableLimit))] };
    }

    public override Task<bool> HasConflictIndexAsync(BulkPlan plan, CancellationToken cancellationToken) =>
        worker.RunAsync(
            db =>
            {
                try
                {
                    db.Prepare(dialect.Render(plan.Write!.Statement.ForOneRow).Text).Dispose();
                    return true;
                }
                catch (SqliteException refused) when (refused.SqliteErrorCode == 1 && refused.Message.Contains("ON CONFLICT", StringComparison.Ordinal))
                {
                    return false;
                }
            },
            cancellationToken);

    public override ChunkWriter<T> OpenWriter<T>(BulkPlan plan, RowShape<T> shape, BulkOptions bulkOptions, RowLocator<T> locate)
    {
        _use = $"a load into '{plan.Table.QualifiedName}'";
        return plan.Write is null
            ? new SqliteWriter<T>(worker, plan, shape, locate, _variableLimit, IsPart)
            : new RowStatementWriter<T>(worker, plan, shape, locate, dialect, options, IsPart);
    }

    public override ReturningWriter<T, TValue> OpenReturning<T, TValue>(BulkPlan plan, RowShape<T> shape, ReturningRequest<TValue> returning, RowLocator<T> locate)
    {
        var singly = new SqliteReturningWriter<T, TValue>(worker, plan, shape, returning, locate, dialect, IsPart);
        return NumberedWriter.Serves(plan, returning.Columns, typeof(TValue))
            ? new NumberedWriter<T, TValue>(worker, plan, shape, locate, _variableLimit, IsPart, singly)
            : singly;
    }

    public override BulkPlan? PlanAtOnce(PlanRequest request, WriteRequest write)
    {
        _variableLimit = worker.VariableLimit;
        return request.Options.Path is not RowPath.Automatic ? null : write.Statement.Inserts && write.IsPlain ? PlanInsert(request) : PlanWrite(request, write);
    }

    public override async Task<RowFates?> TryWriteAtOnceAsync<T>(BulkPlan plan, RowShape<T> shape, RowChunk<T> chunk, CancellationToken cancellationToken)
    {
        // Only where the lock is free: waiting for it without holding a thread is the long way's.
        if (_begun || chunk.Count > MostAtOnce || !writing.TryTake())
            return null;
        _holdsLock = true;
        try
        {
            return await (chunk.Count <= FewRows
                ? worker.RunBrieflyAsync(Write, cancellationToken)
                : worker.RunAsync(Write, cancellationToken)).ConfigureAwait(false);
        }
        finally
        {
            ReleaseLock();
        }

        RowFates? Write(SqliteHandle db) => AtOnceWriter<T>.Write(db, worker.Known, plan, shape, chunk, dialect, options.Begin);
    }

    // Beyond, the thread that hands them over is not made to wait.
    const int MostAtOnce = 3_000;

    // Written in about a tenth of a millisecond. On a busy machine handing over to another thread takes longer: a third of a call of ten rows.
    const int FewRows = 100;

    public override BulkPlan PlanWrite(PlanRequest request, WriteRequest write)
    {
        if (request.Options.Path is not RowPath.Automatic)
            throw ValueProblems.OneWay(request.Options.Path);
        if (request.Table.Traits.HasFlag(TableTraits.View) && (!request.Table.Traits.HasFlag(TableTraits.Triggers) || write.Statement is { Inserts: true, CanUpdate: true }))
            throw TableProblems.PlainView(request.Table);
        var columns = FieldMatch.ForWrite(request, write, out var leftOut);
        foreach (var column in columns)
            Acceptance.Check(column, request.Table);
        return new BulkPlan
        {
            Operation = write.Operation,
            Source = request.Source,
            Table = request.Table,
            Columns = columns,
            LeftOut = leftOut,
            Path = "prepared rows",
            Reason = "one native statement, bound and stepped for each row, is the fastest way into SQLite",
            Statements =
            [
                dialect.Render(write.Statement.ForOneRow).Text,
                .. write.RemoveOthers is { } remove ? [dialect.Render(remove(RowStatements.SentKeys(write.Key))).Text] : Array.Empty<string>(),
            ],
            ChunkSize = request.Options.ChunkSize,
            Commit = request.Options.Commit,
            Order = FieldMatch.Order(request, columns, write.Key),
            Write = write,
        };
    }

    public override Task<long> ExecuteAsync(RenderedStatement statement, CancellationToken cancellationToken) =>
        RunAsync(db => StatementRun.Execute(db, statement, options, dialect.Text, cancellationToken), cancellationToken, commitsByItself: statement.MayWrite && !IsPart);

    public override Task<IReadOnlyList<T>> QueryAsync<T>(RenderedStatement statement, ResultShape<T> shape, CancellationToken cancellationToken) =>
        RunAsync(db => StatementRun.Query(db, statement, shape, options, dialect.Text, cancellationToken), cancellationToken, commitsByItself: statement.MayWrite && !IsPart);

    public override Task<QueryDescription> DescribeAsync(RenderedStatement query, IReadOnlyList<Column>? known, CancellationToken cancellationToken) =>
        RunAsync(db => new QueryDescription(known ?? ResultColumns.Of(db, query.Text), query, IsTypedByValue: true), cancellationToken);

    public override async Task<BatchReader<T>> OpenReaderAsync<T>(StreamRequest request, ResultShape<T> shape, CancellationToken cancellationToken)
    {
        if (!request.InTransaction)
            await BeginAsync(new TransactionOptions { ReadOnly = true }, cancellationToken).ConfigureAwait(false);
        return new SteppingReader<T>(this, worker, request, new StatementRows<T>(request.Statement, shape, options, dialect.Text, request.InTransaction));
    }

    internal async Task<TResult> RunAsync<TResult>(Func<SqliteHandle, TResult> run, CancellationToken cancellationToken, bool commitsByItself = false)
    {
        using var limit = _statementTimeout is null ? null : CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit?.CancelAfter(_statementTimeout!.Value);
        try
        {
            return await worker.RunAsync(IsPart ? Within(run) : run, limit?.Token ?? cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is OperationCanceledException or SqliteException { SqliteErrorCode: 9 })
        {
            // Both stop a statement in the same way; what tells them apart is whether the caller asked for it.
            if (cancellationToken.IsCancellationRequested || limit is not { IsCancellationRequested: true })
                throw new OperationCanceledException("The statement was cancelled.", failure, cancellationToken);
            throw NativeProblems.Stopped(_statementTimeout!.Value, failure);
        }
        catch (LoadFault fault) when (commitsByItself && NativeFailure.IsDisk(fault))
        {
            throw NativeProblems.CommitUnknown(target, fault);
        }
        catch (Exception failure) when (NativeFailure.IsForeign(failure))
        {
            // The statement was carried out, where it was its answer that could not be read.
            throw NativeProblems.NotCarried(failure, commitsByItself);
        }
    }

    // Without its transaction each statement would be kept at once.
    static Func<SqliteHandle, TResult> Within<TResult>(Func<SqliteHandle, TResult> run) => db => db.InTransaction ? run(db) : throw NativeProblems.TransactionGone();

    public override async Task BeginAsync(TransactionOptions transaction, CancellationToken cancellationToken)
    {
        // A transaction that only reads sees one state of the file and keeps nobody from writing.
        if (!transaction.ReadOnly)
        {
            if (!await writing.TakeAsync(_use, options.BusyTimeout, cancellationToken).ConfigureAwait(false))
                throw NativeProblems.Locked(target, options.BusyTimeout, writing.Holder);
            _holdsLock = true;
        }
        _readOnly = transaction.ReadOnly;
        var words = transaction.ReadOnly ? "DEFERRED" : options.Begin.ToString().ToUpperInvariant();
        var begun = await worker.RunAsync(
            db =>
            {
                if (db.InTransaction)
                    throw NativeProblems.BegunSince();
                if (transaction.ReadOnly)
                    db.Execute("PRAGMA query_only = ON");
                return db.TryExecute("BEGIN " + words, options.BusyTimeout, cancellationToken);
            },
            cancellationToken).ConfigureAwait(false);
        if (!begun)
            throw NativeProblems.Locked(target, options.BusyTimeout, holder: null);
        _begun = true;
        _statementTimeout = transaction.StatementTimeout ?? options.StatementTimeout;
    }

    public override async Task CommitAsync(CancellationToken cancellationToken)
    {
        bool committed;
        try
        {
            committed = await worker.RunAsync(
                db => db.InTransaction ? db.TryExecute("COMMIT", options.BusyTimeout, cancellationToken) : throw NativeProblems.TransactionGone(), cancellationToken).ConfigureAwait(false);
        }
        catch (LoadFault fault) when (NativeFailure.IsDisk(fault))
        {
            throw NativeProblems.CommitUnknown(target, fault);
        }
        if (!committed)
            throw NativeProblems.Locked(target, options.BusyTimeout, holder: null);
        _begun = false;
        _statementTimeout = options.StatementTimeout;
        ReleaseLock();
    }

    void ReleaseLock()
    {
        if (_holdsLock)
            writing.Release();
        _holdsLock = false;
    }

    public override async ValueTask DisposeAsync()
    {
        var isSound = true;
        try
        {
            if (_begun || _readOnly)
                await worker.RunAsync(End, CancellationToken.None).ConfigureAwait(false);
        }
        catch (LoadFault)
        {
            // What a connection that cannot undo it has left is undone when it is closed. What ended it is on its way to the caller.
            isSound = false;
        }
        finally
        {
            ReleaseLock();
            await (isSound ? giveBack(worker) : worker.DisposeAsync()).ConfigureAwait(false);
        }
    }

    bool End(SqliteHandle db)
    {
        if (_begun && db.InTransaction)
            db.Execute("ROLLBACK");
        if (_readOnly)
            db.Execute("PRAGMA query_only = OFF");
        return true;
    }
}
