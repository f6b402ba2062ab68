using Microsoft.CodeAnalysis;
using Sluice.Generators.Models;

namespace Sluice.Generators.Parsing;

/// <summary>How a property is given related rows. The core's reflection follows the same rules.</summary>
static class RelationProperty
{
    const string Generic = "System.Collections.Generic.";

    static readonly HashSet<string> s_lists = new(StringComparer.Ordinal)
    {
        Generic + "List<T>", Generic + "IList<T>", Generic + "ICollection<T>", Generic + "IEnumerable<T>", Generic + "IReadOnlyList<T>", Generic + "IReadOnlyCollection<T>",
    };

    static readonly HashSet<string> s_sets = new(StringComparer.Ordinal) { Generic + "HashSet<T>", Generic + "ISet<T>", Generic + "IReadOnlySet<T>" };

    internal static (AttachKind Attach, string Value)? Attach(INamedTypeSymbol row, IPropertySymbol property, ITypeSymbol child, bool isMany, Compilation compilation)
    {
        var isSettable = ColumnParser.IsSettable(row, property, compilation);
        var attach = property.SetMethod is { IsInitOnly: true } ? AttachKind.Init : AttachKind.Set;
        if (!isMany)
            return isSettable ? (attach, "related!") : null;
        if (isSettable && Value(property.Type, child) is { } value)
            return (attach, value);
        return IsCollection(property.Type) ? (AttachKind.Add, "") : null;
    }

    static string? Value(ITypeSymbol type, ITypeSymbol child)
    {
        if (type is IArrayTypeSymbol { Rank: 1 })
            return "related.ToArray()";
        // OriginalDefinition prints the type's parameter, whatever its name.
        var name = type is INamedTypeSymbol { TypeArguments.Length: 1 } named ? Names.Plain(named.OriginalDefinition) : "";
        return s_lists.Contains(name) ? "related"
            : s_sets.Contains(name) ? $"new global::System.Collections.Generic.HashSet<{Names.Full(child)}>(related)"
            : null;
    }

    static bool IsCollection(ITypeSymbol type) => type is not IArrayTypeSymbol
        && (type.OriginalDefinition.SpecialType is SpecialType.System_Collections_Generic_ICollection_T
            || type.AllInterfaces.Any(i => i.OriginalDefinition.SpecialType is SpecialType.System_Collections_Generic_ICollection_T));
}
