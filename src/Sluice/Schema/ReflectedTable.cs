using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using Sluice.Rows;
using Sluice.Schema;

namespace Sluice;

/// <summary>Describes the table of a row type at run time, for types that cannot be partial.</summary>
static class ReflectedTable
{
    internal static Table<T> Make<[DynamicallyAccessedMembers(RowMembers.Needed)] T>() =>
        Made<T>.Table ??= RowKind.Of(typeof(T)) is { } refused ? throw refused : Describe<T>(RuntimeFeature.IsDynamicCodeSupported);

    /// <param name="compiled">Whether the row code may be compiled at run time; else it works by plain reflection.</param>
    internal static Table<T> Describe<[DynamicallyAccessedMembers(RowMembers.Needed)] T>(bool compiled)
    {
        var members = RowMembers.Of(typeof(T));
        var columns = Columns(typeof(T), members);
        var key = RowMembers.Key(columns, typeof(T).Name);
        var (name, schema) = RowMembers.TableOf(typeof(T));
        return new Table<T>(
            name,
            schema,
            [.. columns.Select(c => ReflectedColumn.Make(c, isNullable: IsNullable(c)))],
            [.. key.Select(k => columns.IndexOf(k))],
            RowCode<T>(new RowMaking(typeof(T), columns), [.. columns.Select(Field)], compiled))
        {
            ForeignKeys = RowNavigation.ForeignKeys(typeof(T), members, columns),
            UniqueKeys = UniqueKeys(name, columns),
            Checks = [.. typeof(T).GetCustomAttributes<CheckAttribute>(inherit: false).Select(c => new CheckConstraint(c.Condition) { Name = c.Name })],
        };

        bool IsNullable(RowMember column) => column is { CanBeNull: true, IsRequired: false } && !key.Contains(column);

        RowField Field(RowMember column) => new(column.ColumnName, column.ValueType)
        {
            IsNullable = IsNullable(column),
            IsGenerated = column.Generated is not Generated.Never,
            Origin = column.Origin(typeof(T)),
        };
    }

    static List<UniqueKey> UniqueKeys(string table, List<RowMember> columns) =>
        [.. columns.Where(c => c.Unique is not null)
            .GroupBy(c => c.Unique!.Name ?? MadeName.OfKey(table, c.ColumnName), StringComparer.Ordinal)
            .Select(key => new UniqueKey(key.Key, [.. key.Select(c => c.ColumnName)]))];

    static RowType<T> RowCode<[DynamicallyAccessedMembers(RowMembers.Needed)] T>(RowMaking making, IReadOnlyList<RowField> fields,
        bool compiled)
    {
        if (RuntimeFeature.IsDynamicCodeSupported)
        {
            if (compiled)
                return new CompiledRowType<T>(making, fields);
        }
        return new ReflectedRowType<T>(making, fields);
    }

    static List<RowMember> Columns([DynamicallyAccessedMembers(RowMembers.Needed)] Type type, List<RowMember> members)
    {
        var parameters = RowMembers.Constructors(type).SelectMany(c => c.GetParameters()).Select(p => p.Name!).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var columns = new List<RowMember>();
        foreach (var member in members)
        {
            if (member is { IsKey: true, IsNotMapped: true })
                throw SchemaProblems.KeyNotMapped(member.Origin(type));
            // A property that nobody can set is computed from others; it is a column only where an attribute says so.
            var holdsData = member.IsDeclaredColumn || member.IsSettable || parameters.Contains(member.Name);
            if (member.IsNotMapped || !holdsData || RowNavigation.Is(member))
                continue;
            if (RowValues.KindOf(member.ValueType) is null)
                throw SchemaProblems.Unmappable(member.Origin(type), member.Property.PropertyType, RowMembers.TableOf(type).Name);
            columns.Add(member);
        }
        return columns.Count > 0 ? columns : throw SchemaProblems.NothingToMap(type);
    }

    static class Made<T>
    {
        internal static Table<T>? Table;
    }
}
