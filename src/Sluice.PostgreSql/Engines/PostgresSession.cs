using System.Data;
using Npgsql;
using Sluice.Planning;
using Sluice.PostgreSql.Encoding;
using Sluice.PostgreSql.Faults;
using Sluice.PostgreSql.Planning;
using Sluice.PostgreSql.Pooling;
using Sluice.PostgreSql.Reading;
using Sluice.PostgreSql.Rendering;
using Sluice.PostgreSql.Schema;
using Sluice.PostgreSql.Sessions;
using Sluice.PostgreSql.Statements;
using Sluice.PostgreSql.Writing;
using Sluice.Rows;
using Sluice.Providers;

namespace Sluice.PostgreSql.Engines;

/// <summary>One connection on loan, and the transaction on it.</summary>
/// <param name="target">Where the connection leads, for messages.</param>
/// <param name="lease">The connection.</param>
/// <param name="perTransaction">What every transaction sets for itself, because the connection's sessions do not keep it; or null.</param>
/// <param name="dialect">How the server's version writes statements.</param>
sealed class PostgresSession(string target, Lease lease, TransactionOptions? perTransaction, PostgresDialect dialect) : BulkSession
{
    readonly NpgsqlConnection _connection = lease.Connection;

    /// <summary>Tells what the driver's failures mean.</summary>
    internal DriverCalls Driver { get; } = new(target, lease.Connection);

    /// <summary>Whether the connection is in a transaction that was begun outside the session.</summary>
    internal bool IsInCallers { get; set; }

    readonly LastResort _lastResort = new();
    NpgsqlTransaction? _transaction;

    // Whether the load is a part of a transaction that was begun before it.
    bool _isPart;
    readonly List<string> _tables = [];

    // Whether rows of the open transaction go to servers that commit by themselves.
    bool _writesElsewhere;

    public override string Target => target;

    public override Task<Table?> FindTableAsync(string name, string? schema, CancellationToken cancellationToken) => Driver.RunAsync(async () =>
    {
        var table = await PostgresCatalog.FindAsync(lease, name, schema, cancellationToken).ConfigureAwait(false);
        return lease.Backend.IsUnusable ? throw SessionProblems.NothingSent(SessionProblems.AllPrepared(target)) : table;
    });

    public override Task<IReadOnlyList<string>> ListTablesAsync(CancellationToken cancellationToken) =>
        Driver.RunAsync(() => PostgresCatalog.ListAsync(_connection, cancellationToken));

    public override async Task CreateTableAsync(Table table, CancellationToken cancellationToken)
    {
        PostgresNewTable.Check(table);
        var statements = PostgresStatements.Create(table);
        try
        {
            var isOurs = !InTransaction;
            if (isOurs)
                await BeginAsync(cancellationToken).ConfigureAwait(false);
            // Two sessions that create one table at a time can both miss it and collide in the catalog: the lock lets one go first.
            await ScalarAsync("SELECT pg_advisory_xact_lock(hashtextextended('sluice create ' || $1, 0))", table.QualifiedName, cancellationToken).ConfigureAwait(false);
            var name = PostgresNames.Quote(table.Name, table.Schema);
            if (await ScalarAsync("SELECT to_regclass($1) IS NULL", name, cancellationToken).ConfigureAwait(false) is true)
            {
                foreach (var sql in statements)
                    await ScalarAsync(sql, null, cancellationToken).ConfigureAwait(false);
            }
            if (isOurs)
                await CommitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (LoadFault fault) when (fault.InnerException is PostgresException failure)
        {
            throw SessionProblems.NotCreated(table, failure);
        }
    }

    /// <summary>Runs a statement of ours, and reads the first value of its answer.</summary>
    internal Task<object?> ScalarAsync(string sql, string? parameter, CancellationToken cancellationToken) => Driver.RunAsync(async () =>
    {
        await GetReadyAsync(cancellationToken).ConfigureAwait(false);
        var command = new NpgsqlCommand(lease.Backend.Text(sql), _connection);
        await using var disposal = command.ConfigureAwait(false);
        if (parameter is not null)
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = parameter });
        await lease.Backend.PrepareAsync(command, cancellationToken).ConfigureAwait(false);
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
    });

    /// <summary>Makes sure, before what was written is kept, that it was written to the table as the plan knows it.</summary>
    /// <exception cref="LoadFault">The table has changed since.</exception>
    internal Task ConfirmAsync(Table table, CancellationToken cancellationToken) => Confirmation.RunAsync(this, table, cancellationToken);

    // What another server refuses of a COPY ends the connection, and with it the caller's transaction.
    public override bool InsertsByStatement(PlanRequest request) => PostgresPlanner.InsertsByStatement(request) || (InTransaction && Spread.Is(request.Table));

    public override BulkPlan PlanInsert(PlanRequest request) => Noting(PostgresPlanner.PlanInsert(request));

    public override BulkPlan PlanWrite(PlanRequest request, WriteRequest write) =>
        Noting(PostgresPlanner.PlanWrite(request, write, dialect, ownsTransaction: !InTransaction));

    public override BulkPlan? PlanAtOnce(PlanRequest request, WriteRequest write) =>
        PostgresPlanner.PlanAtOnce(request, write, dialect) is { } plan ? Noting(plan) : null;

    BulkPlan Noting(BulkPlan plan) => lease.Backend.IsShared
        ? plan with { Notes = ["a pooler may give each transaction another of the server's processes: nothing is prepared, and no session is relied on"] }
        : plan;

    public override ReturningWriter<T, TValue> OpenReturning<T, TValue>(BulkPlan plan, RowShape<T> shape, ReturningRequest<TValue> returning, RowLocator<T> locate)
    {
        _isPart = InTransaction;
        _writesElsewhere |= plan.Table.Traits.HasFlag(TableTraits.Foreign);
        return ReturningWriters.Open(this, plan, shape, returning, locate);
    }

    public override async Task<RowFates?> TryWriteAtOnceAsync<T>(BulkPlan plan, RowShape<T> shape, RowChunk<T> chunk, CancellationToken cancellationToken)
    {
        // Where a statement before takes several rows' locks in order, both make a transaction.
        var isOneStatement = plan.Write!.Statement.Inserts || chunk.Count == 1 || plan.Order is RowOrder.AsGiven || OrderedJoin.Serves(plan);
        await GetReadyAsync(cancellationToken).ConfigureAwait(false);
        if (Unkept is not null || lease.IsCallers || !isOneStatement || chunk.Count > SetWriter.MostInArrays(plan.Write, plan.Commit) || AtOnceOf(plan, shape) is not { } statement)
            return null;
        try
        {
            return await statement.RunAsync(this, chunk, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception refused) when (refused is ValueException or LoadFault { InnerException: PostgresException, OutcomeUnknown: false })
        {
            return null;
        }
        catch (OperationCanceledException cancelled) when (!Driver.IsThere)
        {
            throw SessionProblems.StatementUnknown(target, cancelled);
        }
        catch (LoadFault lost) when (!lost.OutcomeUnknown)
        {
            throw lost.IsLost ? SessionProblems.OutcomeUnknown(target, lost.InnerException!) : SessionProblems.NotCarried(lost.InnerException ?? lost, mayHaveRun: true);
        }
    }

    // The next chunk, and often the next load on the connection, is of the same plan.
    AtOnceStatement<T>? AtOnceOf<T>(BulkPlan plan, RowShape<T> shape)
    {
        if (lease.Left is AtOnceStatement<T> known && ReferenceEquals(known.Plan, plan))
            return known;
        if (!AtOnceStatement<T>.Serves(this, plan))
            return null;
        lease.Left?.Dispose();
        var statement = new AtOnceStatement<T>(plan, shape);
        lease.Left = statement;
        return statement;
    }

    /// <summary>A statement for the connection, which may be run again with other values.</summary>
    internal NpgsqlCommand CommandOf(RenderedStatement statement) => StatementRun.Command(lease, Noted(statement));

    /// <summary>Prepares a command that comes often on the connection, where that is safe.</summary>
    internal ValueTask PrepareAsync(NpgsqlCommand command, CancellationToken cancellationToken) => lease.Backend.PrepareAsync(command, cancellationToken);

    /// <summary>Whether a command is prepared on a connection that turned out to lead to others' sessions too.</summary>
    internal bool IsUnsafe(NpgsqlCommand command) => lease.Backend.IsShared && command.IsPrepared;

    internal PostgresDialect Dialect => dialect;

    /// <summary>Several statements as one text.</summary>
    internal string Text(params IEnumerable<string> statements) => lease.Backend.Text(statements);

    public override ChunkWriter<T> OpenWriter<T>(BulkPlan plan, RowShape<T> shape, BulkOptions options, RowLocator<T> locate)
    {
        _isPart = InTransaction;
        _writesElsewhere |= plan.Table.Traits.HasFlag(TableTraits.Foreign);
        lease.Use = $"a load into '{plan.Table.QualifiedName}'";
        if (plan.Columns.Count == 0)
            return new DefaultsWriter<T>(this, plan, locate);
        if (plan.Write is not null)
            return new SetWriter<T>(this, plan, shape, locate);
        var copy = OpenCopy(plan, shape, locate);
        copy.Confirms = true;
        copy.CountsStored = plan.Table.Traits.HasFlag(TableTraits.Suppressing);
        return copy;
    }

    public override Task<bool> HasConflictIndexAsync(BulkPlan plan, CancellationToken cancellationToken) => ConflictIndex.ExistsAsync(this, plan, cancellationToken);

    /// <summary>Opens the writer that a plan's columns need.</summary>
    internal PostgresWriter<T> OpenCopy<T>(BulkPlan plan, RowShape<T> shape, RowLocator<T> locate, RowNumbers? numbers = null) => PostgresPlanner.CopyOf(plan.Columns) switch
    {
        PostgresPlanner.Driver => new ImporterWriter<T>(this, plan, shape, locate, numbers),
        PostgresPlanner.Text => new TextCopyWriter<T>(this, plan, shape, locate, numbers),
        _ => new CopyWriter<T>(this, plan, shape, locate, numbers),
    };

    public override Task<long> ExecuteAsync(RenderedStatement statement, CancellationToken cancellationToken) =>
        RunAsync(
            statement,
            async () => await StatementRun.ExecuteAsync(lease, Noted(await Spread.CountableAsync(_connection, statement, cancellationToken).ConfigureAwait(false)), cancellationToken).ConfigureAwait(false),
            cancellationToken);

    public override Task<IReadOnlyList<T>> QueryAsync<T>(RenderedStatement statement, ResultShape<T> shape, CancellationToken cancellationToken) => NewTypes.RunAsync(
        this, () => RunAsync(statement, () => StatementRun.QueryAsync(lease, Noted(statement), shape, cancellationToken), cancellationToken), statement.OnlyReads, cancellationToken);

    Task<TResult> RunAsync<TResult>(RenderedStatement statement, Func<Task<TResult>> run, CancellationToken cancellationToken) =>
        CommitsByItself(statement) ? Driver.RunAloneAsync(() => TryAsync(run)) : RunAsync(run, cancellationToken);

    bool CommitsByItself(RenderedStatement statement) => statement.MayWrite && Unkept is null && _transaction is null && !IsInCallers;

    /// <summary>What a failure of a stream means.</summary>
    internal LoadFault ExplainStream(Exception failure, RenderedStatement statement)
    {
        var fault = Driver.Explain(failure);
        return fault.IsLost && CommitsByItself(statement) ? SessionProblems.StatementUnknown(target, failure) : fault;
    }

    /// <summary>Gives up the session's transaction.</summary>
    internal async Task RollBackAsync()
    {
        await _transaction!.DisposeAsync().ConfigureAwait(false);
        _transaction = null;
    }

    /// <summary>Lets the driver ask the server for its types where it may have done so before a table was as it is: it writes by what it knows of them.</summary>
    internal async Task KnowTypesOfAsync(Table table, CancellationToken cancellationToken)
    {
        if (table.Version is { } version && lease.Backend.IsNewType($"{table.QualifiedName} {version}"))
            await LoadTypesAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lets the driver ask the server for its types once more. What it knew of prepared statements' parameters and results is gone with it.</summary>
    internal Task LoadTypesAsync(CancellationToken cancellationToken) => Driver.RunAsync(async () =>
    {
        lease.Backend.Forget(_connection);
        await _connection.ReloadTypesAsync(cancellationToken).ConfigureAwait(false);
        lease.Backend.LoadedTypes();
        return true;
    });

    /// <summary>Runs an upsert in the open transaction, or in one of its own.</summary>
    internal Task<(long Changed, long? Updated)> CountUpsertAsync(Table table, RenderedStatement upsert, CancellationToken cancellationToken) =>
        TryAsync(() => UpsertCount.RunAsync(lease, table, Noted(upsert), isAlone: !InTransaction, cancellationToken));

    /// <summary>Whether the open transaction is the load's own and ends with it, and with it what is set in it.</summary>
    internal bool OwnsTransaction => _transaction is not null && !_isPart && !lease.IsCallers;

    /// <summary>The time at which the open transaction began, as the server tells it.</summary>
    internal Task<DateTimeOffset> TimeAsync(CancellationToken cancellationToken) => TryAsync(async () =>
        new DateTimeOffset((DateTime)(await ScalarAsync("SELECT transaction_timestamp()", null, cancellationToken).ConfigureAwait(false))!));

    /// <summary>Runs an update or delete that takes its rows in their order.</summary>
    internal Task<long> LookUpAsync(RenderedStatement statement, CancellationToken cancellationToken) =>
        TryAsync(() => OrderedJoin.LookUpAsync(lease, Noted(statement), cancellationToken));

    /// <summary>Whether an update or delete takes its rows in the order of their keys, as the server plans it. See <see cref="OrderedJoin"/>.</summary>
    internal Task<bool> MergesAsync(RenderedStatement statement, IReadOnlyList<Column> key, CancellationToken cancellationToken) =>
        TryAsync(() => OrderedJoin.MergesAsync(lease, statement, key, cancellationToken));

    RenderedStatement Noted(RenderedStatement statement)
    {
        lease.NeedsReset |= statement.MayChangeSession;
        return statement;
    }

    public override Task<QueryDescription> DescribeAsync(RenderedStatement query, IReadOnlyList<Column>? known, CancellationToken cancellationToken) =>
        known is null
            ? RunAsync(() => ExactQuery.DescribeAsync(lease, query, known, cancellationToken), cancellationToken)
            : ExactQuery.DescribeAsync(lease, query, known, cancellationToken);

    public override async Task<BatchReader<T>> OpenReaderAsync<T>(StreamRequest request, ResultShape<T> shape, CancellationToken cancellationToken)
    {
        var isDirect = request.Mode == StreamMode.Direct || (request.Mode == StreamMode.Auto && !request.IsSelect);
        // A direct reader has none of its own, unless something is to be set for it alone.
        await GetReadyAsync(cancellationToken).ConfigureAwait(false);
        if (!request.InTransaction && (!isDirect || request.IsExact || Unkept is not null))
            await BeginAsync(new TransactionOptions { ReadOnly = !isDirect }, cancellationToken).ConfigureAwait(false);
        lease.Use = "a stream";
        Noted(request.Statement);
        return isDirect ? new DirectReader<T>(this, lease, request, shape) : new CursorReader<T>(this, lease, request, shape);
    }

    /// <summary>Whether a transaction is open that the session began.</summary>
    internal bool HasTransaction => _transaction is not null;

    // Where no session keeps the timeouts, a statement by itself needs a transaction to be timed.
    async Task<TResult> RunAsync<TResult>(Func<Task<TResult>> run, CancellationToken cancellationToken)
    {
        await GetReadyAsync(cancellationToken).ConfigureAwait(false);
        if (_transaction is not null || Unkept is null)
            return await TryAsync(run).ConfigureAwait(false);
        await BeginAsync(cancellationToken).ConfigureAwait(false);
        var result = await TryAsync(run).ConfigureAwait(false);
        await CommitAsync(cancellationToken).ConfigureAwait(false);
        return result;
    }

    // What no session keeps for the next transaction.
    TransactionOptions? Unkept => lease.Backend.IsOwn ? null : perTransaction;

    // Whether a pooler hands out sessions is asked where it matters already for the first statement; otherwise whatever asks the server next finds out.
    async ValueTask GetReadyAsync(CancellationToken cancellationToken)
    {
        if (lease.Backend.MustAnswerFirst || (perTransaction is not null && !lease.Backend.IsKnown))
        {
            await TryAsync(async () =>
            {
                await lease.Backend.AskAsync(_connection, cancellationToken).ConfigureAwait(false);
                return true;
            }).ConfigureAwait(false);
        }
        if (lease.Backend.IsUnusable)
            throw SessionProblems.AllPrepared(target);
        if (lease.Backend.OwesTypes)
            await LoadTypesAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Runs what uses the connection, and tells its failures as faults.</summary>
    internal async Task<TResult> TryAsync<TResult>(Func<Task<TResult>> run)
    {
        try
        {
            return await run().ConfigureAwait(false);
        }
        catch (NotSupportedException unknown) when (lease.Backend.IsNewType(unknown.Message))
        {
            // Nothing was sent: a parameter's type is not among those that the driver knows.
            await LoadTypesAsync(CancellationToken.None).ConfigureAwait(false);
            return await Driver.RunAsync(run).ConfigureAwait(false);
        }
        catch (PostgresException refused) when (ServerFault.IsStalePlan(refused) && !InTransaction)
        {
            // A table has changed since the statement was prepared. Nothing was done yet, so it is prepared anew and run again.
            return await Driver.RunAsync(() =>
            {
                lease.Backend.Forget(_connection);
                return run();
            }).ConfigureAwait(false);
        }
        catch (Exception failure) when (DriverCalls.IsDrivers(failure))
        {
            throw Driver.Explain(failure);
        }
    }

    /// <summary>Whether a transaction is open, or may be: the caller may have begun one on his connection.</summary>
    internal bool InTransaction => _transaction is not null || lease.IsCallers || IsInCallers;

    public override async Task BeginAsync(TransactionOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await GetReadyAsync(cancellationToken).ConfigureAwait(false);
            _transaction = await _connection.BeginTransactionAsync(options.Isolation, cancellationToken).ConfigureAwait(false);
            lease.Use = "a transaction";
            await SetAsync(options, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidOperationException begun) when (begun is not ObjectDisposedException && _connection.FullState is ConnectionState.Open)
        {
            throw SessionProblems.BegunSince(begun);
        }
        catch (Exception failure) when (DriverCalls.IsDrivers(failure))
        {
            throw Driver.Explain(failure);
        }
    }

    async Task SetAsync(TransactionOptions options, CancellationToken cancellationToken)
    {
        var settings = TransactionSettings.Of(options, Unkept);
        if (settings.Count == 0)
            return;
        var command = new NpgsqlCommand(lease.Backend.Text(settings), _connection);
        await using var disposal = command.ConfigureAwait(false);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    internal Task<NpgsqlRawCopyStream> BeginCopyAsync(string sql, CancellationToken cancellationToken) =>
        Driver.RunAsync(() => _connection.BeginRawBinaryCopyAsync(sql, Starting(cancellationToken)));

    internal Task<NpgsqlCopyTextWriter> BeginTextCopyAsync(string sql, CancellationToken cancellationToken) =>
        Driver.RunAsync(() => _connection.BeginTextImportAsync(sql, Starting(cancellationToken)));

    internal Task<NpgsqlBinaryImporter> BeginImportAsync(string sql, CancellationToken cancellationToken) =>
        Driver.RunAsync(() => _connection.BeginBinaryImportAsync(sql, Starting(cancellationToken)));

    // The driver gives up the connection of a COPY that is cancelled while it starts, and a caller's transaction would go with it.
    CancellationToken Starting(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _isPart ? LastResort(cancellationToken) : cancellationToken;
    }

    /// <summary>A token that fires when a cancelled load has not ended in good order within its grace.</summary>
    internal CancellationToken LastResort(CancellationToken cancellationToken) => _lastResort.Of(cancellationToken);

    /// <summary>The rows that the transaction has stored in a table so far.</summary>
    /// <exception cref="BulkPlanException">The server does not count them.</exception>
    internal Task<long> CountStoredAsync(Table table, CancellationToken cancellationToken) => StoredRows.CountAsync(this, table, cancellationToken);

    public override async Task CommitAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            // Not cancelled from here on: a commit that is given up half way has an unknown outcome.
            await _transaction!.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception failure) when (DriverCalls.IsDrivers(failure))
        {
            if (failure is not PostgresException refused)
                throw SessionProblems.OutcomeUnknown(target, failure);
            // Those of other servers have committed before this one looks for conflicts of its own.
            throw _writesElsewhere && refused.SqlState == "40001" ? SessionProblems.CommittedInPart(refused) : Driver.Explain(refused);
        }
        await _transaction.DisposeAsync().ConfigureAwait(false);
        _transaction = null;
        _writesElsewhere = false;
    }

    /// <summary>
    /// Whether a chunk's end is a transaction's, and a temporary table is still there in the next one: not within a transaction that was begun
    /// before the load, whose chunks end with savepoints, nor where each transaction may get another of the server's connections.
    /// </summary>
    internal bool KeepsTables => lease.Backend.IsOwn && !_isPart && !lease.IsCallers;

    /// <summary>Drops a temporary table when the session ends.</summary>
    internal void DropAtEnd(string table) => _tables.Add(table);

    public override async ValueTask DisposeAsync()
    {
        try
        {
            if (_transaction is not null)
                await _transaction.DisposeAsync().ConfigureAwait(false);
            if (_tables.Count > 0)
                await ScalarAsync("DROP TABLE IF EXISTS " + string.Join(", ", _tables), null, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is LoadFault || DriverCalls.IsDrivers(failure))
        {
            // The connection is gone, and the server rolls back what it had open.
        }
        finally
        {
            _lastResort.Dispose();
            await lease.DisposeAsync().ConfigureAwait(false);
        }
    }
}
