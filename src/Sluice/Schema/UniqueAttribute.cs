namespace Sluice;

/// <summary>Says that a column's values occur once in a new table; with the same name on several columns, that their values together do.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class UniqueAttribute : Attribute
{
    /// <summary>The constraint's name.</summary>
    /// <value>Null: the table's and the column's names and "key" with underscores between, cut and numbered where that is longer than databases keep.</value>
    public string? Name { get; init; }
}
