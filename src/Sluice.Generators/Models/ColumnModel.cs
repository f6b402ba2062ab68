namespace Sluice.Generators.Models;

/// <summary>A property that is a column.</summary>
/// <param name="Property">The property's name, escaped where it is a keyword.</param>
/// <param name="Name">The column's name.</param>
/// <param name="Origin">How messages name the property.</param>
/// <param name="Value">The type of its values.</param>
/// <param name="SqlType">The C# expression of the column's type.</param>
/// <param name="IsNullable">Whether the column allows null.</param>
/// <param name="ReadsNull">Whether the property may be null.</param>
/// <param name="Generated">The member of Sluice.Generated.</param>
/// <param name="Default">The SQL of its default, or null.</param>
sealed record ColumnModel(
    string Property, string Name, string Origin, ValueModel Value, string SqlType, bool IsNullable, bool ReadsNull, string Generated, string? Default);
