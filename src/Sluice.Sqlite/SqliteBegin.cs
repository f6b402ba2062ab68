namespace Sluice.Sqlite;

/// <summary>When a transaction takes SQLite's write lock.</summary>
/// <remarks>See https://sqlite.org/lang_transaction.html.</remarks>
public enum SqliteBegin
{
    /// <summary>At once, waiting for other writers: nothing later in the transaction can find the database busy.</summary>
    Immediate,

    /// <summary>With the first write; a transaction that has read before may then fail at once without waiting.</summary>
    Deferred,

    /// <summary>At once, and readers are kept out too where there is no write-ahead log.</summary>
    Exclusive,
}
