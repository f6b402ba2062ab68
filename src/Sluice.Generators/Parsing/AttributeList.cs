using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Sluice.Generators.Parsing;

/// <summary>The attributes of a property, and of the constructor parameter that declares it.</summary>
readonly struct AttributeList(ImmutableArray<AttributeData> attributes)
{
    internal AttributeData? Find(string name) =>
        attributes.FirstOrDefault(a => string.Equals(a.AttributeClass?.ToDisplayString(), name, StringComparison.Ordinal));

    internal bool Has(string name) => Find(name) is not null;

    /// <summary>The first argument of an attribute's constructor.</summary>
    internal static object? Argument(AttributeData? attribute) =>
        attribute is { ConstructorArguments.Length: > 0 } && attribute.ConstructorArguments[0] is { Kind: not TypedConstantKind.Array } argument ? argument.Value : null;

    /// <summary>A property that the attribute sets by name.</summary>
    internal static object? Named(AttributeData? attribute, string name) =>
        attribute?.NamedArguments.FirstOrDefault(n => string.Equals(n.Key, name, StringComparison.Ordinal)).Value.Value;
}
