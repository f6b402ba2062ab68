namespace Sluice.Sqlite;

/// <summary>How thoroughly SQLite waits for the disk: https://sqlite.org/pragma.html#pragma_synchronous.</summary>
public enum SqliteSynchronous
{
    /// <summary>Never: when the machine loses power, the file may be corrupt.</summary>
    Off,

    /// <summary>At checkpoints: with a write-ahead log, a loss of power can undo the last commits and corrupts nothing.</summary>
    Normal,

    /// <summary>At every commit.</summary>
    Full,

    /// <summary>At every commit, and for the folder's entry of a deleted journal too.</summary>
    Extra,
}
