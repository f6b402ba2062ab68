namespace Sluice;

/// <summary>A condition that every row of a table meets.</summary>
/// <param name="Condition">In the database's SQL.</param>
public sealed record CheckConstraint(string Condition)
{
    /// <summary>The constraint's name, or null where it has none.</summary>
    public string? Name { get; init; }
}
