namespace Sluice.Sqlite;

/// <summary>How SQLite keeps a transaction's changes until they are lasting.</summary>
public enum SqliteJournalMode
{
    /// <summary>In a write-ahead log beside the file: readers go on while a load writes.</summary>
    Wal,

    /// <summary>In a rollback journal that is deleted at commit.</summary>
    Delete,

    /// <summary>In a rollback journal that is cut to nothing at commit.</summary>
    Truncate,

    /// <summary>In a rollback journal whose header is overwritten at commit.</summary>
    Persist,

    /// <summary>In memory: a crash during a transaction may damage the file.</summary>
    Memory,
}
