using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;
using Sluice.PostgreSql.Faults;
using Sluice.Providers;
using AmbientTransaction = System.Transactions.Transaction;

namespace Sluice.PostgreSql.Pooling;

/// <summary>
/// The driver's pool with what it lacks: a second bound for connections that are closed when they are given back, a test of those that
/// were idle, and a say of who holds the connections when there are none left.
/// </summary>
sealed class ConnectionPool : IAsyncDisposable
{
    static readonly TimeSpan s_testedAfter = TimeSpan.FromSeconds(1);
    static readonly TimeSpan s_defaultTimeout = TimeSpan.FromSeconds(30);

    readonly string _target;
    readonly bool _owned;
    readonly bool _resets;
    readonly TimeSpan _timeout;
    readonly int _size;
    readonly int _maxOverflow;
    readonly SemaphoreSlim? _all;
    readonly SemaphoreSlim? _pooled;
    readonly ConcurrentDictionary<Lease, bool> _leases = [];
    readonly ConcurrentDictionary<AmbientTransaction, bool> _enlisted = [];
    readonly ConcurrentDictionary<int, long>? _idleSince;
    readonly ReadyConnections? _ready;
    readonly DriverPools _driver;

    /// <summary>A pool of the engine's own.</summary>
    internal ConnectionPool(string target, ConnectionSettings settings, PostgresEngineOptions options)
    {
        _target = target;
        _driver = new DriverPools(settings, options.LoadTypes ?? true);
        _owned = true;
        Enlists = settings.Enlists;
        _resets = settings.ResetsSessions;
        _timeout = options.PoolTimeout ?? s_defaultTimeout;
        _size = settings.PoolSize;
        _maxOverflow = settings.MaxOverflow;
        _all = new SemaphoreSlim(_size + _maxOverflow);
        _pooled = new SemaphoreSlim(_size);
        _idleSince = options.PrePing ?? true ? [] : null;
        _ready = new ReadyConnections(settings.Age, GiveBackAsync);
    }

    /// <summary>The application's own pool, which has its own bounds.</summary>
    internal ConnectionPool(string target, NpgsqlDataSource dataSource, DataSourceSettings settings)
    {
        _target = target;
        _driver = new DriverPools(dataSource, settings);
        Enlists = settings.Enlists;
    }

    /// <summary>Whether a connection that is opened within a transaction of System.Transactions takes part in it.</summary>
    internal bool Enlists { get; }

    /// <summary>What is set anew in every transaction where sessions do not keep it, or null.</summary>
    internal TransactionOptions? PerTransaction => _driver.PerTransaction;

    /// <summary>Whether sessions begin with what the engine's options say: not those of a pool that others made.</summary>
    internal bool KeepsSettings => _owned;

    Lease NewLease(NpgsqlConnection connection, bool isOverflow) => new(this, connection, _driver.BackendOf(connection), isOverflow);

    /// <summary>Lends a connection that answers.</summary>
    /// <exception cref="BulkException">All are lent, and none was given back in time.</exception>
    internal Task<Lease> LendAsync(CancellationToken cancellationToken) => LendAsync(ambient: null, cancellationToken);

    /// <summary>Lends a connection that answers, and takes part in a transaction of System.Transactions.</summary>
    /// <exception cref="BulkException">All are lent, and none was given back in time.</exception>
    internal async Task<Lease> LendAsync(AmbientTransaction? ambient, CancellationToken cancellationToken)
    {
        if (ambient is not null)
            return await LendEnlistedAsync(ambient, cancellationToken).ConfigureAwait(false);
        if (_all is null)
            return NewLease(await _driver.OpenAsync(isOverflow: false, cancellationToken).ConfigureAwait(false), isOverflow: false);
        if (!await _all.WaitAsync(_timeout, cancellationToken).ConfigureAwait(false))
            throw Exhausted();
        var isOverflow = !_pooled!.Wait(0, CancellationToken.None);
        try
        {
            var lease = isOverflow
                ? NewLease(await _driver.OpenAsync(isOverflow: true, cancellationToken).ConfigureAwait(false), isOverflow: true)
                : _ready!.Take() is { } ready ? new Lease(this, ready.Connection, ready.Backend, isOverflow: false) { Opened = ready.Opened, Left = ready.Left }
                : NewLease(await OpenTestedAsync(cancellationToken).ConfigureAwait(false), isOverflow: false);
            _leases[lease] = true;
            return lease;
        }
        catch
        {
            Release(isOverflow);
            throw;
        }
    }

    /// <summary>Lends a connection to a caller, who may do with it what the driver allows, and gives it back by closing it.</summary>
    /// <exception cref="BulkPlanException">
    /// Another connection of the pool may take part in the caller's TransactionScope already.
    /// </exception>
    /// <exception cref="BulkException">All are lent, and none was given back in time.</exception>
    internal async Task<NpgsqlConnection> RentAsync(CancellationToken cancellationToken)
    {
        if (_all is null)
            return await _driver.OpenAsync(isOverflow: false, cancellationToken).ConfigureAwait(false);
        if (Enlists && AmbientSessions.Current is not null)
            throw ConnectionProblems.RentedInScope();
        if (!await _all.WaitAsync(_timeout, cancellationToken).ConfigureAwait(false))
            throw Exhausted();
        var isOverflow = !_pooled!.Wait(0, CancellationToken.None);
        try
        {
            var connection = isOverflow
                ? await _driver.OpenAsync(isOverflow: true, cancellationToken).ConfigureAwait(false)
                : await _driver.OpenRentedAsync(cancellationToken).ConfigureAwait(false);
            var lease = new Lease(this, connection, Backend.Shared(), isOverflow) { Use = "a rented connection" };
            _leases[lease] = true;
            connection.StateChange += (_, change) =>
            {
                if (change.CurrentState is not System.Data.ConnectionState.Open && _leases.TryRemove(lease, out bool _))
                    Release(isOverflow);
            };
            return connection;
        }
        catch
        {
            Release(isOverflow);
            throw;
        }
    }

    // The driver enlists what it opens within a transaction, and keeps the connection for it until it ends: so long it counts as lent,
    // though others may be given it meanwhile.
    async Task<Lease> LendEnlistedAsync(AmbientTransaction ambient, CancellationToken cancellationToken)
    {
        if (!_enlisted.TryGetValue(ambient, out var isOverflow) && _all is not null)
        {
            if (!await _all.WaitAsync(_timeout, cancellationToken).ConfigureAwait(false))
                throw Exhausted();
            isOverflow = !_pooled!.Wait(0, CancellationToken.None);
            _enlisted[ambient] = isOverflow;
            ambient.TransactionCompleted += (_, _) =>
            {
                if (_enlisted.TryRemove(ambient, out var slot))
                    Release(slot);
            };
        }
        var connection = isOverflow
            ? await _driver.OpenAsync(isOverflow: true, cancellationToken).ConfigureAwait(false)
            : await OpenTestedAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            connection.EnlistTransaction(ambient);
            return new Lease(this, connection, _driver.BackendOf(connection), isOverflow) { IsEnlisted = true };
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    async Task<NpgsqlConnection> OpenTestedAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var connection = await _driver.OpenAsync(isOverflow: false, cancellationToken).ConfigureAwait(false);
            if (_idleSince is null || !_idleSince.TryRemove(connection.ProcessID, out var since) || Stopwatch.GetElapsedTime(since) < s_testedAfter)
                return connection;
            try
            {
                await PingAsync(connection, cancellationToken).ConfigureAwait(false);
                return connection;
            }
            catch (NpgsqlException)
            {
                // What broke this connection broke the others: without them the next one is new and needs no test.
                await connection.DisposeAsync().ConfigureAwait(false);
                await _ready!.GiveBackIdleAsync(all: true).ConfigureAwait(false);
                _driver.Clear();
                _idleSince.Clear();
            }
            catch
            {
                await connection.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }
    }

    static async Task PingAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand("SELECT 1", connection) { CommandTimeout = 5 };
        await using var disposal = command.ConfigureAwait(false);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    internal async ValueTask TakeBackAsync(Lease lease)
    {
        try
        {
            if (_ready?.TryKeep(lease) != true)
                await GiveBackAsync(lease, Stopwatch.GetTimestamp()).ConfigureAwait(false);
        }
        finally
        {
            if (_leases.TryRemove(lease, out _))
                Release(lease.IsOverflow);
        }
    }

    async ValueTask GiveBackAsync(Lease lease, long idleSince)
    {
        if (_resets && lease.NeedsReset && !lease.Backend.IsShared && IsOpen(lease))
            await ResetAsync(lease.Connection).ConfigureAwait(false);
        // The time is noted first: once it is back, the connection can be lent at any moment.
        if (_idleSince is not null && IsOpen(lease))
            _idleSince[lease.Connection.ProcessID] = idleSince;
        lease.Left?.Dispose();
        await CloseAsync(lease.Connection).ConfigureAwait(false);
    }

    // The driver speaks to the server when it takes a connection back, and may find only then that it is broken. What broke it was told
    // already.
    static async ValueTask CloseAsync(NpgsqlConnection connection)
    {
        for (var tries = 0; tries < 2; tries++)
        {
            try
            {
                await connection.DisposeAsync().ConfigureAwait(false);
                return;
            }
            catch (Exception failure) when (DriverCalls.IsDrivers(failure))
            {
                // Once more, for by now it knows.
            }
        }
    }

    static bool IsOpen(Lease lease) => !lease.IsOverflow && lease.Connection.FullState == System.Data.ConnectionState.Open;

    // What DISCARD ALL does, except for the prepared statements, which the driver keeps count of:
    // https://www.postgresql.org/docs/current/sql-discard.html.
    const string Reset = "SET SESSION AUTHORIZATION DEFAULT; RESET ALL; CLOSE ALL; UNLISTEN *; SELECT pg_advisory_unlock_all(); DISCARD SEQUENCES; DISCARD TEMP";

    async Task ResetAsync(NpgsqlConnection connection)
    {
        try
        {
            var command = new NpgsqlCommand(Reset, connection) { CommandTimeout = 5 };
            await using var disposal = command.ConfigureAwait(false);
            await command.ExecuteNonQueryAsync().ConfigureAwait(false);
        }
        catch (Exception failure) when (DriverCalls.IsDrivers(failure))
        {
            // A connection that cannot be reset is not lent again: what is idle is closed, and so is this one when it is given back.
            _driver.Clear();
        }
    }

    void Release(bool isOverflow)
    {
        if (!isOverflow)
            _pooled!.Release();
        _all!.Release();
    }

    BulkException Exhausted()
    {
        var held = _leases.Keys.OrderBy(lease => lease.Since).ToList();
        return ConnectionProblems.PoolExhausted(_target, _size, _maxOverflow, held.Count, _timeout, held.FirstOrDefault());
    }

    public async ValueTask DisposeAsync()
    {
        if (!_owned)
            return;
        await _ready!.DisposeAsync().ConfigureAwait(false);
        await _driver.DisposeAsync().ConfigureAwait(false);
    }
}
