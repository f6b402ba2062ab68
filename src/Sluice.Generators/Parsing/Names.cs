using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Sluice.Generators.Parsing;

/// <summary>Names as generated code and messages write them.</summary>
static class Names
{
    static readonly SymbolDisplayFormat s_plain =
        SymbolDisplayFormat.FullyQualifiedFormat.WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted);

    /// <summary>Fully qualified, from the global namespace.</summary>
    internal static string Full(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    /// <summary>With its namespace, without "global::" and annotations.</summary>
    internal static string Plain(ISymbol symbol) => symbol.ToDisplayString(s_plain);

    /// <summary>Without its namespace, as messages print it.</summary>
    internal static string Short(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

    internal static string Escaped(string name) => SyntaxFacts.GetKeywordKind(name) is SyntaxKind.None ? name : "@" + name;

    /// <summary>The start of the declaration of a type's other half.</summary>
    internal static string Declaration(INamedTypeSymbol type)
    {
        var keyword = (type.TypeKind, type.IsRecord) switch
        {
            (TypeKind.Struct, true) => "record struct",
            (TypeKind.Struct, _) => "struct",
            (TypeKind.Interface, _) => "interface",
            (_, true) => "record",
            _ => "class",
        };
        return $"partial {keyword} {Escaped(type.Name)}";
    }

    /// <summary>A file name that no other type of the compilation has.</summary>
    internal static string Hint(INamedTypeSymbol type)
    {
        var name = type.MetadataName;
        for (var outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
            name = outer.MetadataName + "." + name;
        return type.ContainingNamespace.IsGlobalNamespace ? name + ".g.cs" : Plain(type.ContainingNamespace).Replace("@", "") + "." + name + ".g.cs";
    }
}
