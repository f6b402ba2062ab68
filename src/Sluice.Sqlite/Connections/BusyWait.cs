using System.Diagnostics;

namespace Sluice.Sqlite.Connections;

/// <summary>Waits on this thread for a lock that another connection holds, longer each time.</summary>
/// <param name="patience">How long in all.</param>
struct BusyWait(TimeSpan patience)
{
    const int Longest = 50;

    readonly long _begun = Stopwatch.GetTimestamp();
    int _pause = 1;

    /// <summary>Whether the time is over.</summary>
    internal readonly bool IsOver => Stopwatch.GetElapsedTime(_begun) > patience;

    /// <summary>Waits before the next try, or until the token fires.</summary>
    internal void Pause(CancellationToken cancellationToken)
    {
        // Jitter, so that writers who found the lock taken together do not come back together.
        cancellationToken.WaitHandle.WaitOne(_pause + Random.Shared.Next(_pause));
        _pause = Math.Min(_pause * 2, Longest);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
