namespace Sluice;

/// <summary>What became of one row.</summary>
public enum RowAction
{
    /// <summary>It is new in the table.</summary>
    Inserted,

    /// <summary>It changed the row that was there.</summary>
    Updated,

    /// <summary>The row that was there stayed as it was.</summary>
    Unchanged,

    /// <summary>A policy left it out, it found no counterpart, or the database's own trigger suppressed it.</summary>
    Skipped,

    /// <summary>It removed the row that was there.</summary>
    Deleted,
}
