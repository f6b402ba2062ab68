namespace Sluice.Sqlite;

/// <summary>How an engine opens and uses a SQLite database.</summary>
public sealed record SqliteEngineOptions : EngineOptions
{
    /// <summary>When a load's transaction takes the write lock.</summary>
    /// <value><see cref="SqliteBegin.Immediate"/>.</value>
    public SqliteBegin Begin { get; init => field = Known(value); } = SqliteBegin.Immediate;

    /// <summary>The journal that the file is switched to. The file keeps it after the engine is gone.</summary>
    /// <value>Null: a file that the engine creates gets <see cref="SqliteJournalMode.Wal"/>, an existing one keeps what it has.</value>
    public SqliteJournalMode? JournalMode { get; init => field = value is { } mode ? Known(mode) : null; }

    /// <summary>How thoroughly a commit waits for the disk.</summary>
    /// <value>Null: <see cref="SqliteSynchronous.Full"/>, as SQLite has it.</value>
    public SqliteSynchronous? Synchronous { get; init => field = value is { } level ? Known(level) : null; }

    /// <summary>How long to wait for another writer before giving up.</summary>
    /// <value>10 seconds. Waiting holds the connection's own thread, none of the pool's.</value>
    public TimeSpan BusyTimeout
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            field = value;
        }
    } = TimeSpan.FromSeconds(10);

    static TEnum Known<TEnum>(TEnum value)
        where TEnum : struct, Enum =>
        Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"{typeof(TEnum).Name} has no such value.");
}
