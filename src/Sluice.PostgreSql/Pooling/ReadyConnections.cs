using System.Data;
using System.Diagnostics;

namespace Sluice.PostgreSql.Pooling;

/// <summary>Connections that were given back a moment ago, and are lent again without the driver's pool.</summary>
/// <remarks>
/// Giving one back to the driver and asking for it again takes as long as a near server needs for a row or two. What is not asked for soon,
/// and what has gone round here for long, goes back to the driver, which closes idle connections and replaces old ones.
/// </remarks>
sealed class ReadyConnections : IAsyncDisposable
{
    static readonly TimeSpan s_longestIdle = TimeSpan.FromSeconds(1);
    static readonly TimeSpan s_longestRound = TimeSpan.FromSeconds(10);

    readonly TimeSpan _longestRound;

    readonly Lock _lock = new();

    // The one that was given back last is lent first, so the first of the list is idle for longest.
    readonly List<(Lease Lease, long Since)> _ready = [];
    readonly Func<Lease, long, ValueTask> _giveBack;
    readonly Timer _timer;
    bool _disposed;

    /// <param name="age">The age at which the driver replaces a connection; zero for none.</param>
    /// <param name="giveBack">Gives a connection back to the driver, with the time since which it is idle.</param>
    internal ReadyConnections(TimeSpan age, Func<Lease, long, ValueTask> giveBack)
    {
        _longestRound = age > TimeSpan.Zero && age < s_longestRound ? age : s_longestRound;
        _giveBack = giveBack;
        _timer = new Timer(static ready => _ = ((ReadyConnections)ready!).GiveBackIdleAsync(), this, Timeout.Infinite, Timeout.Infinite);
    }

    /// <summary>The lease of a connection that can be lent again, or null.</summary>
    internal Lease? Take()
    {
        lock (_lock)
        {
            if (_ready is not [.., var last] || Stopwatch.GetElapsedTime(last.Since) >= s_longestIdle)
                return null;
            _ready.RemoveAt(_ready.Count - 1);
            return last.Lease;
        }
    }

    /// <summary>Keeps a connection, if it can be lent again as it is.</summary>
    internal bool TryKeep(Lease lease)
    {
        if (lease.NeedsReset || lease.IsOverflow || lease.IsEnlisted || lease.Connection.FullState != ConnectionState.Open || Stopwatch.GetElapsedTime(lease.Opened) > _longestRound)
            return false;
        lock (_lock)
        {
            if (_disposed)
                return false;
            _ready.Add((lease, Stopwatch.GetTimestamp()));
            if (_ready.Count == 1)
                _timer.Change(s_longestIdle, Timeout.InfiniteTimeSpan);
        }
        return true;
    }

    /// <summary>Gives those back that have been idle for long.</summary>
    internal async Task GiveBackIdleAsync(bool all = false)
    {
        List<(Lease Lease, long Since)> idle;
        lock (_lock)
        {
            idle = all ? [.. _ready] : [.. _ready.TakeWhile(r => Stopwatch.GetElapsedTime(r.Since) >= s_longestIdle)];
            _ready.RemoveRange(0, idle.Count);
            if (_ready.Count > 0 && !_disposed)
                _timer.Change(s_longestIdle, Timeout.InfiniteTimeSpan);
        }
        foreach (var (lease, since) in idle)
            await _giveBack(lease, since).ConfigureAwait(false);
    }

    /// <summary>Gives all back, and keeps none from now on.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_lock)
            _disposed = true;
        await _timer.DisposeAsync().ConfigureAwait(false);
        await GiveBackIdleAsync(all: true).ConfigureAwait(false);
    }
}
