using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Sluice.Generators.Parsing;

/// <summary>Which properties a row type has, and which of them are its key. The core's reflection follows the same rules.</summary>
static class RowProperties
{
    /// <summary>The readable public properties, those of base types first, a hidden or overridden one only in its last form.</summary>
    internal static List<RowProperty> Of(INamedTypeSymbol type)
    {
        var result = new List<RowProperty>();
        var levels = new Stack<INamedTypeSymbol>();
        for (var level = type; level is not null; level = level.BaseType)
            levels.Push(level);
        foreach (var level in levels)
        {
            foreach (var member in level.GetMembers())
            {
                if (member is not IPropertySymbol { IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public } property
                    || property.GetMethod is not { DeclaredAccessibility: Accessibility.Public })
                    continue;
                result.RemoveAll(p => string.Equals(p.Name, property.Name, StringComparison.Ordinal));
                result.Add(new RowProperty(property, Attributes(level, property)));
            }
        }
        return result;
    }

    /// <summary>The properties of the primary key, in its order.</summary>
    internal static IReadOnlyList<RowProperty> Key(IReadOnlyList<RowProperty> columns, string typeName)
    {
        var keys = columns.Where(c => c.IsKey).OrderBy(c => c.Order).ToList();
        if (keys.Count > 0)
            return keys;
        var named = columns.FirstOrDefault(c => string.Equals(c.Name, "Id", StringComparison.OrdinalIgnoreCase))
            ?? columns.FirstOrDefault(c => string.Equals(c.Name, typeName + "Id", StringComparison.OrdinalIgnoreCase));
        return named is null ? [] : [named];
    }

    /// <summary>The public constructors, and one without parameters whoever may call it; not a record's copying one.</summary>
    internal static IEnumerable<IMethodSymbol> Constructors(INamedTypeSymbol type) =>
        type.InstanceConstructors.Where(c =>
            c.Parameters.Length == 0
            || (c.DeclaredAccessibility is Accessibility.Public
                && !(c.Parameters.Length == 1 && SymbolEqualityComparer.Default.Equals(c.Parameters[0].Type, type))));

    // [MaxLength] and [Required] on a record's parameter stay on the parameter unless the user writes "property:".
    static AttributeList Attributes(INamedTypeSymbol type, IPropertySymbol property)
    {
        ImmutableArray<AttributeData> own = property.GetAttributes();
        foreach (var constructor in Constructors(type))
        {
            foreach (var parameter in constructor.Parameters)
            {
                if (string.Equals(parameter.Name, property.Name, StringComparison.Ordinal))
                    own = own.AddRange(parameter.GetAttributes());
            }
        }
        return new AttributeList(own);
    }
}
