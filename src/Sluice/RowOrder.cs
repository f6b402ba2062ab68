namespace Sluice;

/// <summary>The order in which rows reach the database.</summary>
public enum RowOrder
{
    /// <summary>
    /// Sorted by the table's primary key within a bounded window (a million rows or 256 MiB, whichever is reached first), so that
    /// indexes grow at their edge and concurrent writers lock in one order. Rows that already come in key order are not held back.
    /// </summary>
    ByKey,

    /// <summary>As the source gives them.</summary>
    AsGiven,
}
