using Microsoft.Data.Sqlite;
using Sluice.Planning;
using Sluice.Rows;
using Sluice.Schema;
using Sluice.Sqlite.Native;
using Sluice.Sqlite.Schema;
using Sluice.Writing;

namespace Sluice.Sqlite.Writing;

/// <summary>One connection on loan, and the write lock while a transaction is open.</summary>
sealed class SqliteSession(
    string target, SqliteWorker worker, SqliteEngineOptions options, SemaphoreSlim writing, Func<SqliteWorker, ValueTask> giveBack) : BulkSession
{
    bool _holdsLock;
    int _variableLimit;

    public override string Target => target;

    public override Task<Table?> FindTableAsync(string name, string? schema, CancellationToken cancellationToken) =>
        worker.RunAsync(
            db =>
            {
                _variableLimit = db.VariableLimit;
                return SqliteCatalog.Find(db, name, schema);
            },
            cancellationToken);

    public override Task<IReadOnlyList<string>> ListTablesAsync(CancellationToken cancellationToken) =>
        worker.RunAsync(SqliteCatalog.List, cancellationToken);

    public override async Task CreateTableAsync(Table table, CancellationToken cancellationToken)
    {
        var sql = SqliteStatements.Create(table);
        var created = await worker.RunAsync(db => db.TryExecute(sql, options.BusyTimeout, cancellationToken), cancellationToken).ConfigureAwait(false);
        if (!created)
        {
            var fault = Throw.Locked(target, options.BusyTimeout);
            throw new BulkException(fault.Code, $"{fault.Problem}. {fault.Remedy} The table was not created.");
        }
    }

    public override BulkPlan PlanInsert(PlanRequest request)
    {
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
        return plan with { Statements = [SqliteStatements.Insert(plan, SqliteWriter.RowsPerStatement(columns.Count, _variableLimit))] };
    }

    public override ChunkWriter<T> OpenWriter<T>(BulkPlan plan, RowShape<T> shape, BulkOptions bulkOptions, RowLocator<T> locate) =>
        new SqliteWriter<T>(worker, plan, shape, locate, _variableLimit);

    public override async Task BeginAsync(CancellationToken cancellationToken)
    {
        await writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        _holdsLock = true;
        var begun = await worker.RunAsync(
            db => db.TryExecute($"BEGIN {options.Begin.ToString().ToUpperInvariant()}", options.BusyTimeout, cancellationToken),
            cancellationToken).ConfigureAwait(false);
        if (!begun)
            throw Throw.Locked(target, options.BusyTimeout);
    }

    public override async Task CommitAsync(CancellationToken cancellationToken)
    {
        bool committed;
        try
        {
            committed = await worker.RunAsync(db => db.TryExecute("COMMIT", options.BusyTimeout, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (SqliteException failure)
        {
            throw Throw.Refused(failure, rowOrdinal: null, location: null);
        }
        if (!committed)
            throw Throw.Locked(target, options.BusyTimeout);
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
        try
        {
            await worker.RunAsync(
                db =>
                {
                    if (db.InTransaction)
                        db.Execute("ROLLBACK");
                    return true;
                },
                CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            ReleaseLock();
            await giveBack(worker).ConfigureAwait(false);
        }
    }
}
