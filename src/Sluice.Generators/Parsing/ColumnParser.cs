using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Sluice.Generators.Models;

namespace Sluice.Generators.Parsing;

/// <summary>Properties become columns.</summary>
static class ColumnParser
{
    internal static List<ParsedColumn> Columns(
        INamedTypeSymbol type, List<RowProperty> properties, Compilation compilation, List<DiagnosticModel> complaints)
    {
        var columns = new List<ParsedColumn>();
        foreach (var property in properties)
        {
            if (property is { IsKey: true, IsNotMapped: true })
                complaints.Add(Complain(type, property, Descriptors.KeyNotMapped, Origin(type, property)));
            if (property.IsNotMapped || property.Symbol.Type.TypeKind is TypeKind.Error || Navigation.Is(property) || !HoldsData(type, property, compilation))
                continue;
            if (ValueTypes.Of(property.Symbol.Type) is { } value)
                columns.Add(new ParsedColumn(property, value));
            else
                complaints.Add(Complain(type, property, Descriptors.Unmappable, Origin(type, property), Names.Short(property.Symbol.Type)));
        }
        RefuseTwins(type, columns, complaints);
        if (columns.Count == 0 && complaints.Count == 0)
            complaints.Add(DiagnosticModel.At(type, Descriptors.NothingToMap, type.Name));
        return columns;
    }

    internal static ColumnModel Model(INamedTypeSymbol type, ParsedColumn column, bool isKey)
    {
        var property = column.Property;
        var readsNull = column.Value.IsNullableValue
            || (!column.Value.IsValueType && property.Symbol.NullableAnnotation is not NullableAnnotation.NotAnnotated);
        return new ColumnModel(
            Names.Escaped(property.Name),
            property.ColumnName,
            Origin(type, property),
            column.Value,
            SqlType(column),
            IsNullable: readsNull && !property.IsRequired && !isKey,
            readsNull,
            property.Generated,
            property.Default);
    }

    internal static string Origin(INamedTypeSymbol type, RowProperty property) => $"{type.Name}.{property.Name}";

    /// <summary>A property of a base type in another assembly has no place of its own: the complaint goes to the row type.</summary>
    internal static DiagnosticModel Complain(INamedTypeSymbol type, RowProperty property, DiagnosticDescriptor descriptor,
        params string[] arguments) =>
        DiagnosticModel.At(property.Symbol.Locations.Any(l => l.IsInSource) ? property.Symbol : type, descriptor, arguments);

    internal static bool IsSettable(INamedTypeSymbol type, IPropertySymbol property, Compilation compilation) =>
        property.SetMethod is { } setter && compilation.IsSymbolAccessibleWithin(setter, type);

    // A property that nobody can set is computed from others; it is a column only where an attribute says so.
    static bool HoldsData(INamedTypeSymbol type, RowProperty property, Compilation compilation) =>
        property.IsDeclaredColumn
        || IsSettable(type, property.Symbol, compilation)
        || RowProperties.Constructors(type).Any(c => c.Parameters.Any(p => string.Equals(p.Name, property.Name, StringComparison.OrdinalIgnoreCase)));

    static void RefuseTwins(INamedTypeSymbol type, List<ParsedColumn> columns, List<DiagnosticModel> complaints)
    {
        var names = new Dictionary<string, RowProperty>(StringComparer.Ordinal);
        foreach (var column in columns)
        {
            var property = column.Property;
            if (names.TryGetValue(property.ColumnName, out var first))
                complaints.Add(Complain(type, property, Descriptors.ColumnTwice, Origin(type, first), Origin(type, property), property.ColumnName));
            else
                names.Add(property.ColumnName, property);
        }
    }

    static string SqlType(ParsedColumn column)
    {
        const string Type = "global::Sluice.SqlType.";
        if (column.Property.TypeName is { } name)
            return $"{Type}For(typeof({column.Value.Type}), {SymbolDisplay.FormatLiteral(name, quote: true)})";
        return column is { Property.MaxLength: > 0, Value.Type: "string" }
            ? Type + "VarChar(" + column.Property.MaxLength.ToString(CultureInfo.InvariantCulture) + ")"
            : $"{Type}For(typeof({column.Value.Type}))";
    }
}

/// <summary>A property that is a column, with the type of its values. Lives only while a type is parsed.</summary>
sealed record ParsedColumn(RowProperty Property, ValueModel Value);
