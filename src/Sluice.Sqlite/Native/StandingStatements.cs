using SQLitePCL;

namespace Sluice.Sqlite.Native;

/// <summary>Statements of one connection that stand between two batches of their rows while others run on it.</summary>
/// <remarks>
/// An interrupt stops them too, and everything that is begun before the last of them has ended: https://sqlite.org/c3ref/interrupt.html.
/// While one stands, the statement that runs is therefore asked to stop by the library's progress handler, which stops no other.
/// </remarks>
/// <param name="db">
/// The connection; null for the caller's, whose handler may be in use. There statements run to their end meanwhile.
/// </param>
sealed class StandingStatements(sqlite3? db)
{
    // Often enough to stop within microseconds, and too seldom to be measured.
    const int Instructions = 1_000;

    int _open;
    int _standing;
    volatile bool _stop;

    /// <summary>A statement has been begun that will stand. Called on the connection's thread, as what follows is.</summary>
    internal void Open()
    {
        if (_open++ == 0 && db is not null)
            raw.sqlite3_progress_handler(db, Instructions, static standing => ((StandingStatements)standing)._stop ? 1 : 0, this);
    }

    /// <summary>It stands.</summary>
    internal void Stand() => Interlocked.Increment(ref _standing);

    /// <summary>It goes on.</summary>
    internal void Go() => Interlocked.Decrement(ref _standing);

    /// <summary>It has ended.</summary>
    internal void Close()
    {
        if (--_open == 0 && db is not null)
            raw.sqlite3_progress_handler(db, 0, null, null);
    }

    /// <summary>Stops the statement that is running and no other. Callable from any thread.</summary>
    /// <returns>False where none stands, and an interrupt does just that.</returns>
    internal bool Stop() => Volatile.Read(ref _standing) > 0 && (_stop = true);

    /// <summary>Lets the next statement run.</summary>
    internal void Resume() => _stop = false;
}
