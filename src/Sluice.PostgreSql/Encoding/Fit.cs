using System.Numerics;
using Sluice.Planning;

namespace Sluice.PostgreSql.Encoding;

/// <summary>Which .NET types go into which column types.</summary>
static class Fit
{
    /// <summary>
    /// Whether a source that parses text can supply the type: files know numbers, dates and the like, not every type's grammar.
    /// </summary>
    internal static bool ReadsText(SqlTypeKind kind) =>
        kind is not (SqlTypeKind.Other or SqlTypeKind.Array or SqlTypeKind.Interval or SqlTypeKind.Time or SqlTypeKind.TimeTz);

    /// <summary>Whether the column's values are encoded by Sluice itself.</summary>
    internal static bool Encodes(PlanColumn column) =>
        column.Target.Type.Kind is not SqlTypeKind.Other
            && (column.Field.IsParsed || !(IsDriversOwn(column.Field.ClrType) || IsDriversLabel(column.Target.Type, column.Field.ClrType)));

    // The labels that a data source's name translator makes of an enumeration's names only the driver knows.
    static bool IsDriversLabel(SqlType target, Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return target.Kind is SqlTypeKind.Enum && type.IsEnum && !EnumLabels.Cover(target, type);
    }

    /// <exception cref="BulkPlanException">No value of the field's type fits the column.</exception>
    internal static void Check(PlanColumn column, Table table)
    {
        if (!column.Field.IsParsed && !Holds(column.Target.Type, column.Field.ClrType))
            throw ValueProblems.TypeMismatch(column, table);
    }

    /// <summary>Whether values of a type are the driver's to encode, into whatever column.</summary>
    internal static bool IsDriversOwn(Type type) =>
        type.Namespace is "NpgsqlTypes" or "System.Net" or "System.Net.NetworkInformation" or "NodaTime" or "NetTopologySuite.Geometries"
        || type == typeof(System.Collections.BitArray)
        || (type.IsArray && type.GetArrayRank() > 1);

    static bool Holds(SqlType target, Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(object) || target.Kind is SqlTypeKind.Other || IsDriversOwn(type))
            return true;
        if (type == typeof(byte[]) || type == typeof(ReadOnlyMemory<byte>) || type == typeof(Memory<byte>))
            return target.Kind is SqlTypeKind.Bytes;
        if (ElementOf(type) is { } element)
            return target.Kind is SqlTypeKind.Array && Holds(target.Element!, element);
        if (type.IsEnum)
            return target.Kind is SqlTypeKind.Enum || IsText(target.Kind) || IsNumber(target.Kind);
        if (type.FullName?.StartsWith("System.Text.Json.", StringComparison.Ordinal) == true)
            return IsText(target.Kind) || target.Kind is SqlTypeKind.Json or SqlTypeKind.JsonB;
        return HoldsPlain(target.Kind, type);
    }

    static bool HoldsPlain(SqlTypeKind kind, Type type)
    {
        if (type == typeof(string) || type == typeof(char))
            return IsText(kind) || kind is SqlTypeKind.Json or SqlTypeKind.JsonB or SqlTypeKind.Enum
                || (kind is SqlTypeKind.Numeric && type == typeof(string));
        if (type == typeof(bool)) return kind is SqlTypeKind.Boolean;
        if (type == typeof(decimal) || type == typeof(BigInteger) || type == typeof(Int128) || type == typeof(UInt128) || type.IsPrimitive) return IsNumber(kind);
        if (type == typeof(Guid)) return kind is SqlTypeKind.Uuid;
        if (type == typeof(DateOnly)) return kind is SqlTypeKind.Date;
        if (type == typeof(TimeOnly)) return kind is SqlTypeKind.Time;
        if (type == typeof(TimeSpan)) return kind is SqlTypeKind.Interval or SqlTypeKind.Time;
        if (type == typeof(DateTime)) return kind is SqlTypeKind.Timestamp or SqlTypeKind.TimestampTz or SqlTypeKind.Date;
        return type == typeof(DateTimeOffset) && kind is SqlTypeKind.TimestampTz or SqlTypeKind.TimeTz;
    }

    static bool IsText(SqlTypeKind kind) => kind is SqlTypeKind.Text or SqlTypeKind.VarChar or SqlTypeKind.Char;

    static bool IsNumber(SqlTypeKind kind) =>
        kind is SqlTypeKind.SmallInt or SqlTypeKind.Integer or SqlTypeKind.BigInt or SqlTypeKind.Numeric or SqlTypeKind.Real or SqlTypeKind.Double;

    static Type? ElementOf(Type type)
    {
        if (type.IsArray)
            return type.GetElementType();
        return type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>) ? type.GenericTypeArguments[0] : null;
    }
}
