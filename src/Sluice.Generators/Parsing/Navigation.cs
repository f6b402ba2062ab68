using Microsoft.CodeAnalysis;

namespace Sluice.Generators.Parsing;

/// <summary>Properties that lead to rows of another table instead of holding a value.</summary>
static class Navigation
{
    internal static bool Is(RowProperty property) =>
        property.IsInverse
        || IsTable(property.Symbol.Type)
        || (ElementOf(property.Symbol.Type) is { } element && IsTable(element))
        || (property.ForeignKey is not null && ValueTypes.Of(property.Symbol.Type) is null);

    /// <summary>The table that a row type stands for, with its schema.</summary>
    internal static string TableOf(ITypeSymbol type)
    {
        var attribute = TableAttribute(type);
        var name = AttributeList.Argument(attribute) as string ?? SnakeCase.Of(type.Name);
        return AttributeList.Named(attribute, "Schema") is string { Length: > 0 } schema ? schema + "." + name : name;
    }

    static bool IsTable(ITypeSymbol type) => TableAttribute(Unwrapped(type)) is not null;

    internal static ITypeSymbol Unwrapped(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type;

    static AttributeData? TableAttribute(ITypeSymbol type)
    {
        var attributes = new AttributeList(type.GetAttributes());
        return attributes.Find(AttributeNames.Table) ?? attributes.Find(AttributeNames.RowOf);
    }

    /// <summary>Whether a navigation leads to many rows.</summary>
    internal static bool IsList(ITypeSymbol type) => ElementOf(type) is not null;

    internal static ITypeSymbol? ElementOf(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol array)
            return array.ElementType;
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Collections_Generic_IEnumerable_T } self)
            return self.TypeArguments[0];
        return type.AllInterfaces.FirstOrDefault(i => i.OriginalDefinition.SpecialType is SpecialType.System_Collections_Generic_IEnumerable_T)
            ?.TypeArguments[0];
    }
}
