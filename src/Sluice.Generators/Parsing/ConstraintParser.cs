using Microsoft.CodeAnalysis;
using Sluice.Generators.Models;

namespace Sluice.Generators.Parsing;

/// <summary>[Unique] on columns and [Check] on the type become constraints.</summary>
static class ConstraintParser
{
    internal static IEnumerable<UniqueKeyModel> UniqueKeys(string table, List<ParsedColumn> columns) =>
        columns.Where(c => c.Property.IsUnique)
            .GroupBy(c => c.Property.UniqueName ?? MadeName.OfKey(table, c.Property.ColumnName), StringComparer.Ordinal)
            .Select(key => new UniqueKeyModel(key.Key, new([.. key.Select(c => c.Property.ColumnName)])));

    internal static IEnumerable<CheckModel> Checks(INamedTypeSymbol type) =>
        type.GetAttributes()
            .Where(a => string.Equals(a.AttributeClass?.ToDisplayString(), AttributeNames.Check, StringComparison.Ordinal))
            .Select(a => new CheckModel(AttributeList.Argument(a) as string ?? "", AttributeList.Named(a, "Name") as string));
}
