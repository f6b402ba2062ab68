using Npgsql;
using Sluice.Planning;
using Sluice.PostgreSql.Schema;
using Sluice.Rows;
using Sluice.Schema;
using Sluice.Writing;

namespace Sluice.PostgreSql.Writing;

/// <summary>One pooled connection on loan, and the transaction on it.</summary>
sealed class PostgresSession(string target, NpgsqlConnection connection) : BulkSession
{
    // How long a cancelled load is given to end the COPY in good order before the connection is given up.
    static readonly TimeSpan s_grace = TimeSpan.FromSeconds(2);

    NpgsqlTransaction? _transaction;
    CancellationTokenSource? _lastResort;
    Table? _counted;
    long _countedBefore;

    public override string Target => target;

    public override Task<Table?> FindTableAsync(string name, string? schema, CancellationToken cancellationToken) =>
        PostgresCatalog.FindAsync(connection, name, schema, cancellationToken);

    public override Task<IReadOnlyList<string>> ListTablesAsync(CancellationToken cancellationToken) =>
        PostgresCatalog.ListAsync(connection, cancellationToken);

    public override async Task CreateTableAsync(Table table, CancellationToken cancellationToken)
    {
        // Two sessions that create one table at a time can both miss it and collide in the catalog: the lock lets one go first.
        var command = new NpgsqlBatch(connection);
        await using var disposal = command.ConfigureAwait(false);
        command.BatchCommands.Add(new NpgsqlBatchCommand("SELECT pg_advisory_xact_lock(hashtextextended('sluice create ' || $1, 0))")
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = table.QualifiedName } },
        });
        command.BatchCommands.Add(new NpgsqlBatchCommand(PostgresStatements.Create(table)));
        try
        {
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException failure)
        {
            throw Throw.Refused($"to create table '{table.QualifiedName}'", failure);
        }
    }

    public override BulkPlan PlanInsert(PlanRequest request) => PostgresPlanner.PlanInsert(request);

    public override ChunkWriter<T> OpenWriter<T>(BulkPlan plan, RowShape<T> shape, BulkOptions options, RowLocator<T> locate)
    {
        // Without triggers COPY stores every row that it takes; with them only the server knows how many it stored.
        _counted = plan.Table.Traits.HasFlag(TableTraits.Triggers) && plan.Path != PostgresPlanner.Driver ? plan.Table : null;
        return plan.Path switch
        {
            PostgresPlanner.Driver => new ImporterWriter<T>(this, plan, shape, locate),
            PostgresPlanner.Text => new TextCopyWriter<T>(this, plan, shape, locate),
            _ => new CopyWriter<T>(this, plan, shape, locate),
        };
    }

    public override Task<long> ExecuteAsync(RenderedStatement statement, CancellationToken cancellationToken) =>
        RunAsync(StatementRun.ExecuteAsync(connection, statement, cancellationToken));

    public override Task<IReadOnlyList<T>> QueryAsync<T>(RenderedStatement statement, ResultShape<T> shape, CancellationToken cancellationToken) =>
        RunAsync(StatementRun.QueryAsync(connection, statement, shape, cancellationToken));

    async Task<TResult> RunAsync<TResult>(Task<TResult> running)
    {
        try
        {
            return await running.ConfigureAwait(false);
        }
        catch (PostgresException refused)
        {
            throw ServerFault.From(refused, null, refused.ColumnName, null);
        }
        catch (Exception failure) when (failure is NpgsqlException or IOException)
        {
            throw ServerFault.Lost(target, failure);
        }
    }

    public override async Task BeginAsync(TransactionOptions options, CancellationToken cancellationToken)
    {
        try
        {
            _transaction = await connection.BeginTransactionAsync(options.Isolation, cancellationToken).ConfigureAwait(false);
            await SetAsync(options, cancellationToken).ConfigureAwait(false);
            if (_counted is not null)
                _countedBefore = await StoredInTransactionAsync(_counted, cancellationToken).ConfigureAwait(false);
        }
        catch (NpgsqlException failure)
        {
            throw failure is PostgresException refused ? ServerFault.From(refused, null, null, null) : ServerFault.Lost(target, failure);
        }
    }

    // For this transaction alone, so that nothing of it stays with a pooled connection.
    async Task SetAsync(TransactionOptions options, CancellationToken cancellationToken)
    {
        var settings = new List<string>();
        if (options.ReadOnly)
            settings.Add("SET TRANSACTION READ ONLY");
        if (options.StatementTimeout is { } statement)
            settings.Add("SET LOCAL statement_timeout = " + Milliseconds(statement));
        if (options.LockTimeout is { } locks)
            settings.Add("SET LOCAL lock_timeout = " + Milliseconds(locks));
        if (settings.Count == 0)
            return;
        var command = new NpgsqlCommand(string.Join("; ", settings), connection);
        await using var disposal = command.ConfigureAwait(false);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    static string Milliseconds(TimeSpan time) => Math.Max(1, (long)time.TotalMilliseconds).ToString(System.Globalization.CultureInfo.InvariantCulture);

    internal Task<NpgsqlRawCopyStream> BeginCopyAsync(string sql, CancellationToken cancellationToken) =>
        StartAsync(connection.BeginRawBinaryCopyAsync(sql, cancellationToken));

    internal Task<NpgsqlCopyTextWriter> BeginTextCopyAsync(string sql, CancellationToken cancellationToken) =>
        StartAsync(connection.BeginTextImportAsync(sql, cancellationToken));

    internal Task<NpgsqlBinaryImporter> BeginImportAsync(string sql, CancellationToken cancellationToken) =>
        StartAsync(connection.BeginBinaryImportAsync(sql, cancellationToken));

    async Task<TCopy> StartAsync<TCopy>(Task<TCopy> starting)
    {
        try
        {
            return await starting.ConfigureAwait(false);
        }
        catch (PostgresException refused)
        {
            throw ServerFault.From(refused, null, refused.ColumnName, null);
        }
        catch (Exception failure) when (failure is NpgsqlException or IOException)
        {
            throw ServerFault.Lost(target, failure);
        }
    }

    /// <summary>A token that fires when a cancelled load has not ended in good order within its grace.</summary>
    internal CancellationToken LastResort(CancellationToken cancellationToken)
    {
        if (!cancellationToken.CanBeCanceled)
            return CancellationToken.None;
        if (_lastResort is null)
        {
            var source = _lastResort = new CancellationTokenSource();
            cancellationToken.UnsafeRegister(static late => ((CancellationTokenSource)late!).CancelAfter(s_grace), source);
        }
        return _lastResort.Token;
    }

    /// <summary>The rows that were really stored since the transaction began.</summary>
    /// <param name="table">The table.</param>
    /// <param name="sent">The rows that COPY took.</param>
    /// <param name="cancellationToken">Cancels the question.</param>
    internal async ValueTask<long> CountStoredAsync(Table table, long sent, CancellationToken cancellationToken) =>
        _counted is null ? sent : Math.Min(sent, await StoredInTransactionAsync(table, cancellationToken).ConfigureAwait(false) - _countedBefore);

    async Task<long> StoredInTransactionAsync(Table table, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(
            "SELECT COALESCE(sum(pg_stat_get_xact_tuples_inserted(relid)), 0)::bigint FROM "
            + "(SELECT $1::regclass::oid UNION SELECT relid FROM pg_partition_tree($1::regclass)) t(relid)",
            connection);
        await using var disposal = command.ConfigureAwait(false);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = PostgresNames.Quote(table.Name, table.Schema) });
        return (long)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
    }

    public override async Task CommitAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            // Not cancelled from here on: a commit that is given up half way has an unknown outcome.
            await _transaction!.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (PostgresException refused)
        {
            throw ServerFault.From(refused, null, refused.ColumnName, null);
        }
        catch (Exception failure) when (failure is NpgsqlException or IOException)
        {
            throw new LoadFault("SLU0307", $"the connection to {target} was lost during COMMIT, so its outcome is unknown", "Look into the table before loading again.", failure)
            {
                OutcomeUnknown = true,
                SqlState = "08007",
            };
        }
        await _transaction.DisposeAsync().ConfigureAwait(false);
        _transaction = null;
    }

    public override async ValueTask DisposeAsync()
    {
        try
        {
            if (_transaction is not null)
                await _transaction.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is NpgsqlException or IOException)
        {
            // The connection is gone, and the server rolls back what it had open.
        }
        finally
        {
            _lastResort?.Dispose();
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }
}
