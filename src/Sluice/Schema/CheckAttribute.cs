namespace Sluice;

/// <summary>A condition that every row of a new table must meet.</summary>
/// <param name="condition">In SQL, with the columns' names.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public sealed class CheckAttribute(string condition) : Attribute
{
    /// <summary>The condition in SQL.</summary>
    public string Condition { get; } = condition;

    /// <summary>The constraint's name.</summary>
    /// <value>Null: the database's own choice.</value>
    public string? Name { get; init; }
}
