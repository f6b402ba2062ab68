using System.Diagnostics;

namespace Sluice.Reading;

/// <summary>Notices a consumer that holds a batch for too long, once.</summary>
sealed class PauseWatch : IDisposable
{
    const int Reading = 0;
    const int Held = 1;
    const int Expired = 2;

    readonly TimeSpan _allowed;
    readonly Action _expired;
    readonly Timer _timer;
    int _state;
    long _since;

    internal PauseWatch(TimeSpan allowed, Action expired)
    {
        _allowed = allowed;
        _expired = expired;
        _timer = new Timer(static watch => ((PauseWatch)watch!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The consumer gets a batch.</summary>
    internal void Lend()
    {
        Volatile.Write(ref _since, Stopwatch.GetTimestamp());
        Volatile.Write(ref _state, Held);
        _timer.Change(_allowed, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The consumer asks for the next one.</summary>
    /// <returns>False if that is too late.</returns>
    internal bool TryReturn() => Interlocked.CompareExchange(ref _state, Reading, Held) != Expired;

    void Look()
    {
        // The timer may have been set for a batch that came back in time.
        var left = _allowed - Stopwatch.GetElapsedTime(Volatile.Read(ref _since));
        if (left > TimeSpan.Zero)
            _timer.Change(left + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
        else if (Interlocked.CompareExchange(ref _state, Expired, Held) == Held)
            _expired();
    }

    public void Dispose() => _timer.Dispose();
}
