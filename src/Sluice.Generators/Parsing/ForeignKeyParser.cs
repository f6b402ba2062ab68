using Microsoft.CodeAnalysis;
using Sluice.Generators.Models;

namespace Sluice.Generators.Parsing;

/// <summary>[ForeignKey] on a column naming a navigation, or on a navigation naming columns, becomes a foreign key.</summary>
static class ForeignKeyParser
{
    internal static List<ForeignKeyModel> Parse(
        INamedTypeSymbol type, List<RowProperty> properties, List<ParsedColumn> columns, List<DiagnosticModel> complaints)
    {
        var keys = new List<ForeignKeyModel>();
        // A list's names are those of the rows in it.
        foreach (var property in properties.Where(p => p.ForeignKey is not null && !p.IsNotMapped && !(Navigation.Is(p) && Navigation.IsList(p.Symbol.Type))))
        {
            foreach (var name in Parts(property.ForeignKey!).Where(name => Find(properties, name) is null))
                complaints.Add(ColumnParser.Complain(type, property, Descriptors.ForeignKeyToNothing, ColumnParser.Origin(type, property), name, type.Name));
        }
        foreach (var navigation in properties.Where(p => IsReference(p, columns)))
        {
            // Both ways of writing it: the navigation names its columns, or each column names the navigation.
            IEnumerable<ParsedColumn> own = navigation.ForeignKey is null
                ? columns.Where(c => string.Equals(c.Property.ForeignKey, navigation.Name, StringComparison.Ordinal)).OrderBy(c => c.Property.Order)
                : Parts(navigation.ForeignKey).SelectMany(name => columns.Where(c => string.Equals(c.Property.Name, name, StringComparison.Ordinal)));
            var names = own.Select(c => c.Property.ColumnName).ToArray();
            if (names.Length > 0)
                keys.Add(new ForeignKeyModel(new(names), Navigation.TableOf(navigation.Symbol.Type), new(Referenced((INamedTypeSymbol)navigation.Symbol.Type))));
        }
        return keys;
    }

    static bool IsReference(RowProperty property, List<ParsedColumn> columns) =>
        !property.IsNotMapped
        && property.Symbol.Type is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct, TypeArguments.Length: 0 }
        && !columns.Exists(c => c.Property == property);

    static string[] Referenced(INamedTypeSymbol type) =>
        [.. RowProperties.Key([.. RowProperties.Of(type).Where(p => !p.IsNotMapped)], type.Name).Select(p => p.ColumnName)];

    internal static IEnumerable<string> Parts(string names) => names.Split(',').Select(name => name.Trim());

    static RowProperty? Find(List<RowProperty> properties, string name) =>
        properties.Find(p => string.Equals(p.Name, name, StringComparison.Ordinal));
}
