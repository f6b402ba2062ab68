namespace Sluice.Generators.Models;

/// <summary>The type of a column's values.</summary>
/// <param name="Kind">How it is written and read.</param>
/// <param name="Type">The type of a value that is not null, fully qualified.</param>
/// <param name="IsValueType">Whether that type is a value type.</param>
/// <param name="IsNullableValue">Whether the property has it inside <see cref="Nullable{T}"/>.</param>
/// <param name="Element">The element of an array or list as declared, or empty.</param>
/// <param name="EnumNumber">The number under an enumeration, or under the elements that are one; else empty.</param>
sealed record ValueModel(ValueKind Kind, string Type, bool IsValueType, bool IsNullableValue, string Element = "", string EnumNumber = "")
{
    /// <summary>The type as the property declares it, without the annotations of reference types.</summary>
    public string Declared => IsNullableValue ? Type + "?" : Type;

    public bool IsNullableElement => Element.EndsWith("?", StringComparison.Ordinal);
}
