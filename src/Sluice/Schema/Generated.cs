namespace Sluice;

/// <summary>Who supplies a column's value when a row is inserted.</summary>
public enum Generated
{
    /// <summary>The row does, or the column's default.</summary>
    Never,

    /// <summary>The database numbers rows that bring no value; a row may bring its own.</summary>
    ByDefault,

    /// <summary>The database numbers every row; a value of the row's own is an exception that must be asked for.</summary>
    Always,

    /// <summary>The database computes the value from other columns; a row can never bring one.</summary>
    Computed,
}
