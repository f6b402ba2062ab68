
namespace Sluice;

/// <summary>A value that is sent beside a statement's text, never in it.</summary>
/// <param name="Value">The value, or null.</param>
/// <param name="Type">The type that the database is told.</param>
public readonly record struct SqlParameter(object? Value, SqlType Type)
{
    /// <summary>The column of a source's rows that fills the placeholder anew for each row; null where <see cref="Value"/> does.</summary>
    public string? RowColumn { get; init; }

    /// <summary>
    /// Whether the value is only compared with a column, by the rules of the column's own type, which the database knows better.
    /// </summary>
    public bool IsCompared { get; init; }

    // Lists are the same where their items are.
    internal bool IsSame(SqlParameter other) => this with { Value = null } == other with { Value = null }
        && System.Collections.StructuralComparisons.StructuralEqualityComparer.Equals(Value, other.Value);
}
