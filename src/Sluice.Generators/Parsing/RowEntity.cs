using Microsoft.CodeAnalysis;

namespace Sluice.Generators.Parsing;

/// <summary>A row type with the foreign keys that its navigations stand for. The core's reflection follows the same rules.</summary>
sealed class RowEntity
{
    readonly List<RowProperty> _properties;

    internal RowEntity(INamedTypeSymbol type, List<RowProperty>? properties = null)
    {
        Type = type;
        _properties = [.. (properties ?? RowProperties.Of(type)).Where(p => !p.IsNotMapped)];
        Key = RowProperties.Key(_properties, type.Name);
    }

    internal INamedTypeSymbol Type { get; }

    internal IReadOnlyList<RowProperty> Key { get; }

    internal IEnumerable<RowProperty> Navigations => _properties.Where(p => Navigation.Is(p) && ValueTypes.Of(p.Symbol.Type) is null);

    /// <summary>The properties by which rows of this type refer to a parent's key, or null where none could hold it.</summary>
    internal IReadOnlyList<RowProperty>? ReferenceBy(RowProperty navigation, RowEntity parent)
    {
        List<RowProperty?> declared = navigation.ForeignKey is { } names
            ? [.. ForeignKeyParser.Parts(names).Select(Named)]
            : [.. _properties.Where(p => string.Equals(p.ForeignKey, navigation.Name, StringComparison.Ordinal)).OrderBy(p => p.Order)];
        return Reference(declared, parent, navigation.Name);
    }

    /// <summary>The properties by which rows of another type refer to the key of this one, where a property of this type holds them.</summary>
    internal IReadOnlyList<RowProperty>? ReferenceOf(RowProperty navigation, RowEntity child, out bool isAmbiguous)
    {
        isAmbiguous = false;
        if (navigation.ForeignKey is { } names)
            return child.Reference([.. ForeignKeyParser.Parts(names).Select(child.Named)], this, Type.Name);
        var back = child.Navigations.Where(p => SymbolEqualityComparer.Default.Equals(Navigation.Unwrapped(p.Symbol.Type), Type)).ToList();
        if (navigation.InverseOf is { } inverse)
            back = back.FindAll(p => string.Equals(p.Name, inverse, StringComparison.Ordinal));
        isAmbiguous = back.Count > 1;
        return back.Count switch
        {
            1 => child.ReferenceBy(back[0], this),
            0 => child.Reference([], this, Type.Name),
            _ => null,
        };
    }

    List<RowProperty>? Reference(List<RowProperty?> own, RowEntity parent, string prefix)
    {
        if (own.Count == 0)
            own = [.. parent.Key.Select(k => Named(prefix + k.Name) ?? Named(parent.Type.Name + k.Name))];
        return own.Count > 0 && own.Count == parent.Key.Count && own.TrueForAll(p => p is not null) ? [.. own.Select(p => p!)] : null;
    }

    RowProperty? Named(string name) => _properties.Find(p => string.Equals(p.Name, name, StringComparison.Ordinal));
}
