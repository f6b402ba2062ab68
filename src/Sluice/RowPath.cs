namespace Sluice;

/// <summary>How rows reach a statement, where a database has several ways.</summary>
public enum RowPath
{
    /// <summary>The fastest for the rows at hand; the plan says which and why.</summary>
    Automatic,

    /// <summary>As one array for each column: no temporary table, and a statement for each chunk.</summary>
    Arrays,

    /// <summary>By a temporary table.</summary>
    Staging,
}
