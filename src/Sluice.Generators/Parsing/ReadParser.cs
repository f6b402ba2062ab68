using Microsoft.CodeAnalysis;
using Sluice.Generators.Models;

namespace Sluice.Generators.Parsing;

/// <summary>Chooses how a row is made: the constructor that takes the most columns, then the properties that it left.</summary>
static class ReadParser
{
    internal static ReadModel? Parse(INamedTypeSymbol type, List<ParsedColumn> columns, Compilation compilation)
    {
        if (type.IsAbstract)
            return null;
        ReadModel? best = null;
        foreach (var constructor in RowProperties.Constructors(type))
        {
            if (With(type, constructor, columns, compilation) is { } model && (best is null || model.Parameters.Count > best.Parameters.Count))
                best = model;
        }
        return best;
    }

    static ReadModel? With(INamedTypeSymbol type, IMethodSymbol constructor, List<ParsedColumn> columns, Compilation compilation)
    {
        var parameters = new List<ReadTarget>();
        foreach (var parameter in constructor.Parameters)
        {
            var column = columns.FindIndex(c =>
                string.Equals(c.Property.Name, parameter.Name, StringComparison.OrdinalIgnoreCase)
                && parameter.RefKind is RefKind.None or RefKind.In
                && SymbolEqualityComparer.Default.Equals(c.Property.Symbol.Type, parameter.Type));
            if (column < 0)
                return null;
            parameters.Add(new ReadTarget(Names.Escaped(parameter.Name), column));
        }

        var setsRequired = new AttributeList(constructor.GetAttributes()).Has(AttributeNames.SetsRequiredMembers);
        var properties = new List<ReadTarget>();
        for (var i = 0; i < columns.Count; i++)
        {
            var property = columns[i].Property.Symbol;
            var given = parameters.Exists(p => p.Column == i) && (setsRequired || !property.IsRequired);
            if (!given && ColumnParser.IsSettable(type, property, compilation))
                properties.Add(new ReadTarget(Names.Escaped(property.Name), i));
        }
        return setsRequired || RequiredMembers(type).All(name => properties.Exists(p => string.Equals(p.Name, Names.Escaped(name), StringComparison.Ordinal)))
            ? new ReadModel(new([.. parameters]), new([.. properties]))
            : null;
    }

    static IEnumerable<string> RequiredMembers(INamedTypeSymbol type)
    {
        for (var level = type; level is not null; level = level.BaseType)
        {
            foreach (var member in level.GetMembers())
            {
                if (member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true })
                    yield return member.Name;
            }
        }
    }
}
