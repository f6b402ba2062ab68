using Microsoft.CodeAnalysis;
using Sluice.Generators.Models;

namespace Sluice.Generators.Parsing;

/// <summary>Properties that lead to other rows become relations; what cannot be one is noted.</summary>
static class RelationParser
{
    internal static List<RelationModel> Parse(INamedTypeSymbol type, List<RowProperty> properties, Compilation compilation, List<DiagnosticModel> notes)
    {
        var relations = new List<RelationModel>();
        if (!type.IsReferenceType)
            return relations;
        var parent = new RowEntity(type, properties);
        foreach (var navigation in parent.Navigations)
        {
            var isMany = Navigation.IsList(navigation.Symbol.Type);
            var target = isMany ? Navigation.ElementOf(navigation.Symbol.Type) : navigation.Symbol.Type;
            if (target is not INamedTypeSymbol { TypeKind: TypeKind.Class, TypeArguments.Length: 0, IsAbstract: false } child || Access(child) is not { } access)
                continue;
            if (Relation(parent, navigation, new RowEntity(child), isMany, access, compilation, out var problem) is { } relation)
                relations.Add(relation);
            else
                notes.Add(ColumnParser.Complain(type, navigation, Descriptors.NoRelation, ColumnParser.Origin(type, navigation), child.Name, problem));
        }
        return relations;
    }

    static RelationModel? Relation(
        RowEntity parent, RowProperty navigation, RowEntity child, bool isMany, string access, Compilation compilation, out string problem)
    {
        problem = "by which columns is not known. Name the property with the key by [ForeignKey] or [InverseProperty]";
        var (own, other, isThrough) = Columns(parent, navigation, child, isMany, out var isAmbiguous);
        if (own is null || other is null || isAmbiguous)
            return null;
        var types = own.Zip(isThrough ? own : other, (mine, theirs) => RelationKeyTypes.Common(mine.Symbol.Type, theirs.Symbol.Type)).ToList();
        problem = "the key has no columns, more than three, or one of a type that keys cannot have";
        if (types.Count is 0 or > 3 || types.Contains(null))
            return null;
        problem = "the property has no setter and no collection to fill";
        if (RelationProperty.Attach(parent.Type, navigation.Symbol, child.Type, isMany, compilation) is not var (attach, value))
            return null;
        return new RelationModel(
            Names.Escaped(navigation.Name), ColumnParser.Origin(parent.Type, navigation), access, Names.Full(child.Type), isMany, isThrough,
            new([.. own.Select(p => p.ColumnName)]), new([.. other.Select(p => p.ColumnName)]), new([.. own.Select(p => Names.Escaped(p.Name))]), new([.. types.Select(t => t!)]),
            value, attach, Names.Full(navigation.Symbol.Type), Names.Full(navigation.Symbol.ContainingType));
    }

    static (IReadOnlyList<RowProperty>? Own, IReadOnlyList<RowProperty>? Other, bool IsThrough) Columns(
        RowEntity parent, RowProperty navigation, RowEntity child, bool isMany, out bool isAmbiguous)
    {
        isAmbiguous = false;
        if (!isMany && navigation.InverseOf is null && parent.ReferenceBy(navigation, child) is { } by)
            return (by, child.Key, false);
        if (parent.ReferenceOf(navigation, child, out isAmbiguous) is { } of)
            return (parent.Key, of, false);
        // Lists on both sides have a table between them.
        return isMany ? (parent.Key, child.Key, true) : (null, null, false);
    }

    // The table is as visible as its row type, and its members must not show types that are less so.
    static string? Access(INamedTypeSymbol type)
    {
        var access = "public";
        for (var level = type; level is not null; level = level.ContainingType)
        {
            if (level.DeclaredAccessibility is Accessibility.Internal or Accessibility.ProtectedOrInternal)
                access = "internal";
            else if (level.DeclaredAccessibility is not Accessibility.Public)
                return null;
        }
        return access;
    }
}
