using System.Collections.Frozen;

namespace Sluice.PostgreSql.Schema;

/// <summary>What a new column is declared as for values of types that only the driver writes.</summary>
static class DriverTypes
{
    static readonly FrozenDictionary<string, string> s_types = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["System.Net.IPAddress"] = "inet",
        ["System.Net.IPNetwork"] = "cidr",
        ["System.Net.NetworkInformation.PhysicalAddress"] = "macaddr",
        ["System.Collections.BitArray"] = "bit varying",
        ["NpgsqlTypes.NpgsqlInet"] = "inet",
        ["NpgsqlTypes.NpgsqlCidr"] = "cidr",
        ["NpgsqlTypes.NpgsqlPoint"] = "point",
        ["NpgsqlTypes.NpgsqlLine"] = "line",
        ["NpgsqlTypes.NpgsqlLSeg"] = "lseg",
        ["NpgsqlTypes.NpgsqlBox"] = "box",
        ["NpgsqlTypes.NpgsqlPath"] = "path",
        ["NpgsqlTypes.NpgsqlPolygon"] = "polygon",
        ["NpgsqlTypes.NpgsqlCircle"] = "circle",
        ["NpgsqlTypes.NpgsqlInterval"] = "interval",
        ["NpgsqlTypes.NpgsqlTsVector"] = "tsvector",
        ["NpgsqlTypes.NpgsqlTsQuery"] = "tsquery",
        ["NpgsqlTypes.NpgsqlLogSequenceNumber"] = "pg_lsn",
        ["NodaTime.Instant"] = "timestamptz",
        ["NodaTime.ZonedDateTime"] = "timestamptz",
        ["NodaTime.OffsetDateTime"] = "timestamptz",
        ["NodaTime.LocalDateTime"] = "timestamp",
        ["NodaTime.LocalDate"] = "date",
        ["NodaTime.LocalTime"] = "time",
        ["NodaTime.OffsetTime"] = "timetz",
        ["NodaTime.Period"] = "interval",
        ["NodaTime.Duration"] = "interval",
        ["NodaTime.DateInterval"] = "daterange",
        ["NodaTime.Interval"] = "tstzrange",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    static readonly FrozenDictionary<Type, string> s_ranges = new Dictionary<Type, string>
    {
        [typeof(int)] = "int4range",
        [typeof(long)] = "int8range",
        [typeof(decimal)] = "numrange",
        [typeof(DateTime)] = "tstzrange",
        [typeof(DateOnly)] = "daterange",
    }.ToFrozenDictionary();

    /// <summary>The declaration for a .NET type; null where none is known.</summary>
    internal static string? Declare(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsArray && type.GetElementType() is { } element)
            return (Declare(element) ?? Usual(SqlType.For(element))) is { } one ? one + "[]" : null;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(NpgsqlTypes.NpgsqlRange<>))
            return s_ranges.GetValueOrDefault(type.GenericTypeArguments[0]);
        return s_types.GetValueOrDefault(type.FullName ?? "");
    }

    static string? Usual(SqlType type) => type.Kind is SqlTypeKind.Other ? null : PostgresTypes.Declare(type);
}
