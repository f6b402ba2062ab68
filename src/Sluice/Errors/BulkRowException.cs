namespace Sluice;

/// <summary>
/// A row was refused, by its encoder or by the database. Rolled back, except what <see cref="BulkException.RowsKept"/> counts.
/// </summary>
/// <inheritdoc cref="BulkException(Failure, Exception?)"/>
public sealed class BulkRowException(Failure failure, Exception? innerException = null) : BulkException(failure, innerException)
{
    /// <summary>The row's place in the source, from 1; null where the database did not tell which row it was.</summary>
    public long? RowNumber => Failure.RowNumber;

    /// <summary>The column, or null where the fault concerns the whole row.</summary>
    public string? ColumnName => Failure.ColumnName;

    /// <summary>The constraint that the row broke, or null.</summary>
    public string? ConstraintName => Failure.Constraint;

    /// <summary>The row's place as its source tells it, such as "airports.csv line 42"; null where only the number is known.</summary>
    public string? Location => Failure.Location;

    /// <summary>The SQLSTATE of the fault, also where it was found before the row was sent.</summary>
    public override string? SqlState => base.SqlState;
}
