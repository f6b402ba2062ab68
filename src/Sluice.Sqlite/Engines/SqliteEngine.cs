using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Sluice.Providers;
using Sluice.Rendering;
using Sluice.Sqlite.Connections;
using Sluice.Sqlite.Engines;
using Sluice.Sqlite.Native;
using Sluice.Sqlite.Rendering;
using Sluice.Sqlite.Sessions;
using Sluice.Sqlite.Workers;

namespace Sluice.Sqlite;

/// <summary>A SQLite database file: one writer at a time, each connection on a thread of its own.</summary>
public sealed class SqliteEngine : Engine
{
    readonly string _path;
    readonly string _opened;
    readonly SqliteEngineOptions _options;
    readonly SqliteDialect _dialect;
    readonly ConcurrentBag<SqliteWorker> _idle = [];
    readonly WriteLock _writing = new();
    readonly NativeFailure _failures;
    bool _disposed;

    SqliteEngine(string path, SqliteEngineOptions options)
    {
        _path = path;
        _opened = MemoryDatabase.PathOf(path);
        _options = options;
        _failures = new NativeFailure(Target, options.BusyTimeout, _writing);
        _dialect = new SqliteDialect(SqliteDialect.OfLibrary.Version, options.CompiledStatements);
    }

    /// <inheritdoc/>
    public override SqlDialect Dialect => _dialect;

    /// <inheritdoc/>
    public override string Target => $"'{_path}'";

    /// <summary>
    /// Creates an engine for a database file. The file is opened, and made where it is missing, with the first operation.
    /// </summary>
    /// <param name="path">
    /// The file's path; or ":memory:" for a database in memory, which lives from the first operation until the engine is disposed.
    /// </param>
    /// <param name="options">Null for the defaults.</param>
    public static SqliteEngine Create(string path, SqliteEngineOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (IsConnectionString(path))
            throw new ArgumentException("That is a connection string, where the file's path is needed. Give the path alone, and what else it says by the options.", nameof(path));
        return new SqliteEngine(path, options ?? new SqliteEngineOptions());
    }

    // A file may have such a name, and is found by it where it has a folder before it.
    static bool IsConnectionString(string path)
    {
        var end = path.IndexOf('=', StringComparison.Ordinal);
        return end > 0 && path[..end].Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant() is "DATASOURCE" or "FILENAME";
    }

    /// <summary>Gives the caller's connection every verb of an engine.</summary>
    /// <param name="connection">An open connection, used for one thing at a time. It is never closed.</param>
    /// <param name="transaction">The transaction that the caller has begun on it, which is never committed or rolled back; or null.</param>
    /// <exception cref="ArgumentException">The connection is not open, or the transaction is another connection's.</exception>
    public static Database Attach(SqliteConnection connection, SqliteTransaction? transaction = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (connection.State != System.Data.ConnectionState.Open)
            throw new ArgumentException("The connection is not open. Open it before it is attached.", nameof(connection));
        if (transaction is not null && transaction.Connection != connection)
            throw new ArgumentException("The transaction was begun on another connection, or has ended.", nameof(transaction));
        return new AttachedSqlite($"'{connection.DataSource}'", connection.Handle!, transaction is not null);
    }

    /// <inheritdoc/>
    /// <exception cref="BulkPlanException">The call is in a TransactionScope, in which SQLite takes no part.</exception>
    public override async Task<BulkSession> OpenSessionAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        if (AmbientSessions.Current is not null)
            throw NativeProblems.NotInScope(Target);
        if (!_idle.TryTake(out var worker))
            worker = await OpenAsync().ConfigureAwait(false);
        return new SqliteSession(
            Target, worker, _options, _dialect, new SessionTransaction(Target, worker, _options, _writing,
                isInCallers: false), GiveBackAsync);
    }

    /// <inheritdoc/>
    protected override async Task<BulkSession> OpenSessionAsync(TransactionOptions options, CancellationToken cancellationToken)
    {
        if (options is not { SharesConnection: true })
            return await OpenSessionAsync(cancellationToken).ConfigureAwait(false);
        var connection = await OpenDriversAsync(cancellationToken).ConfigureAwait(false);
        DriverConnection.SetPatience(connection, _options.BusyTimeout);
        var worker = SqliteWorker.OfCaller(connection.Handle!, new StandingStatements(db: null), _failures);
        var transaction = new SessionTransaction(Target, worker, _options, _writing, isInCallers: false,
            new DriverTransaction(connection, _options));
        return new SqliteSession(Target, worker, _options, _dialect, transaction, async worker =>
        {
            await worker.DisposeAsync().ConfigureAwait(false);
            await connection.DisposeAsync().ConfigureAwait(false);
        });
    }

    /// <summary>Opens a connection to the file as Microsoft.Data.Sqlite has it, for Dapper or for commands of ADO.NET.</summary>
    /// <param name="cancellationToken">Heeded before it is opened.</param>
    /// <returns>
    /// The connection, open; disposed, it is closed. It waits for other writers as long as the engine does, keeps foreign keys, and knows
    /// the functions that Sluice's statements use; <see cref="Attach"/> gives it the verbs.
    /// </returns>
    /// <exception cref="BulkPlanException">The call is in a TransactionScope, in which SQLite takes no part.</exception>
    /// <exception cref="BulkException">The file cannot be opened.</exception>
    public new Task<SqliteConnection> RentConnectionAsync(CancellationToken cancellationToken = default) =>
        OpenDriversAsync(cancellationToken);

    /// <inheritdoc/>
    protected override async Task<DbConnection> RentAsync(CancellationToken cancellationToken) =>
        await OpenDriversAsync(cancellationToken).ConfigureAwait(false);

    // The file is made, and a database in memory kept, by a connection of the engine's own.
    async Task<SqliteConnection> OpenDriversAsync(CancellationToken cancellationToken)
    {
        await (await OpenSessionAsync(cancellationToken).ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
        return await ExplainAsync(() => Task.Run(() => DriverConnection.Open(_opened, _options), cancellationToken)).ConfigureAwait(false);
    }

    Task<SqliteWorker> OpenAsync() => ExplainAsync(() => SqliteWorker.OpenAsync(_opened, _options, _failures));

    async Task<TConnection> ExplainAsync<TConnection>(Func<Task<TConnection>> open)
    {
        try
        {
            return await open().ConfigureAwait(false);
        }
        catch (SqliteException failure)
        {
            throw failure.Is(ResultCode.Busy)
                ? NativeProblems.LockedAtOpening(NativeProblems.Locked(Target, _options.BusyTimeout, _writing.Holder, failure))
                : NativeProblems.Unreachable(Target, failure);
        }
    }

    // One idle connection is enough for a program that loads now and then; more would keep the file's log from being cleaned up.
    async ValueTask GiveBackAsync(SqliteWorker worker)
    {
        if (_disposed || !_idle.IsEmpty)
            await worker.DisposeAsync().ConfigureAwait(false);
        else
            _idle.Add(worker);
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        _disposed = true;
        while (_idle.TryTake(out var worker))
            await worker.DisposeAsync().ConfigureAwait(false);
    }
}
