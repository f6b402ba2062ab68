namespace Sluice;

/// <summary>A row was refused, by its encoder or by the database. Rolled back, but for what <see cref="BulkException.RowsKept"/> counts.</summary>
/// <inheritdoc cref="BulkException(string, string, Exception?)"/>
public sealed class BulkRowException(string code, string message, Exception? innerException = null) : BulkException(code, message, innerException)
{
    /// <summary>The row's place in the source, from 1; null where the database did not tell which row it was.</summary>
    public long? RowNumber { get; init; }

    /// <summary>The column, or null where the fault concerns the whole row.</summary>
    public string? ColumnName { get; init; }

    /// <summary>The constraint that the row broke, or null.</summary>
    public string? ConstraintName { get; init; }

    /// <summary>The row's place as its source tells it, as "airports.csv line 42"; null where only the number is known.</summary>
    public string? Location { get; init; }

    /// <summary>The SQLSTATE of the fault, also where it was found before the row was sent.</summary>
    public override string? SqlState => base.SqlState;
}
