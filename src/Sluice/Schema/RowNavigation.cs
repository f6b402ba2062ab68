using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Sluice.Schema;

namespace Sluice;

/// <summary>Properties that lead to rows of another table instead of holding a value, and the foreign keys that they stand for.</summary>
static class RowNavigation
{
    internal static bool Is(RowMember member) =>
        member.InverseOf is not null
        || RowMembers.IsTable(member.ValueType)
        || (ElementOf(member.ValueType) is { } element && RowMembers.IsTable(element))
        || (member.ForeignKey is not null && RowValues.KindOf(member.ValueType) is null);

    /// <summary>[ForeignKey] on a column naming a navigation, or on a navigation naming columns.</summary>
    internal static List<ForeignKey> ForeignKeys(Type row, List<RowMember> members, List<RowMember> columns)
    {
        // A list's names are those of the rows in it.
        foreach (var member in members.Where(m => m is { ForeignKey: not null, IsNotMapped: false } && !(Is(m) && ElementOf(m.ValueType) is not null)))
        {
            foreach (var name in Parts(member).Where(name => !members.Exists(m => Is(m, name))))
                throw SchemaProblems.ForeignKeyToNothing(member.Origin(row), name);
        }

        var keys = new List<ForeignKey>();
        foreach (var navigation in members.Where(m => !m.IsNotMapped && !columns.Contains(m) && IsRow(m.ValueType)))
        {
            var own = navigation.ForeignKey is null
                ? columns.Where(c => string.Equals(c.ForeignKey, navigation.Name, StringComparison.Ordinal)).OrderBy(c => c.Order)
                : Parts(navigation).SelectMany(name => columns.Where(c => Is(c, name)));
            string[] names = [.. own.Select(c => c.ColumnName)];
            if (names.Length == 0)
                continue;
            var (table, schema) = RowMembers.TableOf(navigation.ValueType);
            keys.Add(new ForeignKey(names, schema is null ? table : $"{schema}.{table}", Referenced(navigation)));
        }
        return keys;
    }

    [UnconditionalSuppressMessage("Trimming", "IL2072", Justification = "A key property that trimming removed leaves the referenced columns unnamed.")]
    static string[] Referenced(RowMember navigation)
    {
        var members = RowMembers.Of(navigation.ValueType).Where(m => !m.IsNotMapped).ToList();
        return [.. RowMembers.Key(members, navigation.ValueType.Name).Select(m => m.ColumnName)];
    }

    static bool IsRow(Type type) => !type.IsArray && !type.IsGenericType && !type.IsInterface && !type.IsEnum;

    static bool Is(RowMember member, string name) => string.Equals(member.Name, name, StringComparison.Ordinal);

    internal static IEnumerable<string> Parts(RowMember member) => member.ForeignKey!.Split(',', StringSplitOptions.TrimEntries);

    internal static Type? ElementOf(Type type)
    {
        if (type.IsArray)
            return type.GetElementType();
        for (var level = type; level is not null; level = level.BaseType)
        {
            if (level is { IsGenericType: true, GenericTypeArguments: [var element] } && typeof(IEnumerable).IsAssignableFrom(level))
                return element;
        }
        return null;
    }
}
