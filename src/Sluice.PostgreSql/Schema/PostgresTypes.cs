using System.Collections.Frozen;
using System.Globalization;
using NpgsqlTypes;

namespace Sluice.PostgreSql.Schema;

/// <summary>The server's types: what a catalog row says, and what a new column is declared as.</summary>
static class PostgresTypes
{
    /// <summary>The number of the type name.</summary>
    internal const uint Name = 19;

    // Times count microseconds.
    const int MostSecondDigits = 6;

    /// <summary>The number of the type timestamp with time zone.</summary>
    internal const uint PointInTime = 1184;

    /// <summary>A type as the catalog describes it, domains already followed to what they are made of.</summary>
    /// <param name="Oid">The type's number: https://www.postgresql.org/docs/current/catalog-pg-type.html.</param>
    /// <param name="Modifier">Its length, precision or scale, packed as each type has it; -1 for none.</param>
    /// <param name="Name">The type's own name.</param>
    /// <param name="Printed">The type as format_type prints it.</param>
    /// <param name="IsEnum">Whether it is an enumeration.</param>
    /// <param name="Labels">The enumeration's labels, or those of the elements.</param>
    /// <param name="Element">The element's number for a true array, else 0.</param>
    /// <param name="ElementName">The element's own name.</param>
    /// <param name="ElementIsEnum">Whether the element is an enumeration.</param>
    internal sealed record CatalogType(
        uint Oid, int Modifier, string Name, string Printed, bool IsEnum, string[]? Labels, uint Element, string? ElementName, bool ElementIsEnum);

    internal static SqlType Describe(CatalogType type)
    {
        if (type.Element == 0)
            return Describe(type.Oid, type.Modifier, type.Name, type.IsEnum, type.Labels) with { StoreName = type.Printed };
        var element = Describe(type.Element, type.Modifier, type.ElementName!, type.ElementIsEnum, type.Labels);
        var kind = element.Kind is SqlTypeKind.Other ? SqlTypeKind.Other : SqlTypeKind.Array;
        return new SqlType(kind) { Element = element, StoreName = type.Printed, StoreId = type.Oid };
    }

    static SqlType Describe(uint oid, int modifier, string name, bool isEnum, string[]? labels)
    {
        var type = new SqlType(isEnum ? SqlTypeKind.Enum : KindOf(oid, name)) { StoreId = oid, Labels = isEnum ? labels : null, StoreName = name };
        return (type.Kind, modifier) switch
        {
            (SqlTypeKind.Text, _) when oid == Name => type with { Kind = SqlTypeKind.VarChar, Length = 63 },
            (SqlTypeKind.Time or SqlTypeKind.TimeTz or SqlTypeKind.Timestamp or SqlTypeKind.TimestampTz or SqlTypeKind.Interval, < 0) =>
                type with { Precision = MostSecondDigits },
            (_, < 0) => type.Kind is SqlTypeKind.VarChar or SqlTypeKind.Char ? type with { Kind = SqlTypeKind.Text } : type,
            (SqlTypeKind.VarChar or SqlTypeKind.Char, _) => type with { Length = modifier - 4 },
            // The scale is a signed number of 11 bits since version 15.
            (SqlTypeKind.Numeric, _) =>
                type with { Precision = ((modifier - 4) >> 16) & 0xffff, Scale = (((modifier - 4) & 0x7ff) ^ 1024) - 1024 },
            (SqlTypeKind.Time or SqlTypeKind.TimeTz or SqlTypeKind.Timestamp or SqlTypeKind.TimestampTz, _) =>
                type with { Precision = modifier },
            // The fields that the interval has stand in the upper half.
            (SqlTypeKind.Interval, _) => type with { Precision = Math.Min(modifier & 0xffff, MostSecondDigits) },
            _ => type,
        };
    }

    static SqlTypeKind KindOf(uint oid, string name) => oid switch
    {
        16 => SqlTypeKind.Boolean,
        21 => SqlTypeKind.SmallInt,
        23 => SqlTypeKind.Integer,
        20 => SqlTypeKind.BigInt,
        700 => SqlTypeKind.Real,
        701 => SqlTypeKind.Double,
        1700 => SqlTypeKind.Numeric,
        25 or Name => SqlTypeKind.Text,
        1043 => SqlTypeKind.VarChar,
        1042 => SqlTypeKind.Char,
        17 => SqlTypeKind.Bytes,
        2950 => SqlTypeKind.Uuid,
        1082 => SqlTypeKind.Date,
        1083 => SqlTypeKind.Time,
        1266 => SqlTypeKind.TimeTz,
        1114 => SqlTypeKind.Timestamp,
        1184 => SqlTypeKind.TimestampTz,
        1186 => SqlTypeKind.Interval,
        114 => SqlTypeKind.Json,
        3802 => SqlTypeKind.JsonB,
        // An extension's type, with a number of its own in every database.
        _ => name is "citext" ? SqlTypeKind.Text : SqlTypeKind.Other,
    };

    /// <summary>
    /// The type of a result's column. Limits are the table's; the type of an extension or of the user's own is text to whoever reads it.
    /// </summary>
    internal static SqlType OfResult(uint oid)
    {
        if (ElementOf(oid) is { } element)
            return new SqlType(SqlTypeKind.Array) { Element = new SqlType(KindOf(element, "")) { StoreId = element }, StoreId = oid };
        var kind = KindOf(oid, "");
        return new SqlType(kind is SqlTypeKind.VarChar or SqlTypeKind.Char ? SqlTypeKind.Text : kind) { StoreId = oid };
    }

    static uint? ElementOf(uint array) => array switch
    {
        1000 => 16,
        1001 => 17,
        1003 => Name,
        1005 => 21,
        1007 => 23,
        1009 => 25,
        1014 => 1042,
        1015 => 1043,
        1016 => 20,
        1021 => 700,
        1022 => 701,
        1115 => 1114,
        1182 => 1082,
        1183 => 1083,
        1185 => 1184,
        1187 => 1186,
        1231 => 1700,
        1270 => 1266,
        2951 => 2950,
        199 => 114,
        3807 => 3802,
        _ => null,
    };

    /// <summary>
    /// The name of a type whose values are sent as text and are something else to the server, as char and citext; else null.
    /// </summary>
    internal static string? CastName(SqlType type) => (type.Kind, type.StoreId) switch
    {
        (SqlTypeKind.Char, _) or (SqlTypeKind.Text, 1042) => "bpchar",
        (SqlTypeKind.Text, not (0 or 25 or 1043)) => type.StoreName,
        _ => null,
    };

    /// <summary>The driver's name for a column's type, or null where the value's own says it.</summary>
    internal static NpgsqlDbType? DriverType(SqlType type) => type.Kind switch
    {
        SqlTypeKind.VarChar when type.StoreId == Name => NpgsqlDbType.Name,
        // Without a limit these are described as text, but an array says which of them its elements are.
        SqlTypeKind.VarChar or SqlTypeKind.Text when type.StoreId == 1043 => NpgsqlDbType.Varchar,
        SqlTypeKind.Char or SqlTypeKind.Text when type.StoreId == 1042 => NpgsqlDbType.Char,
        SqlTypeKind.VarChar or SqlTypeKind.Char => null,
        SqlTypeKind.Enum => NpgsqlDbType.Text,
        SqlTypeKind.Array => type.Element!.Kind is not SqlTypeKind.Enum && DriverType(type.Element) is { } element
            ? NpgsqlDbType.Array | element
            : null,
        _ => ParameterType(type),
    };

    /// <summary>The driver's name for a parameter's type, whose texts are all text; or null where the value's own says it.</summary>
    internal static NpgsqlDbType? ParameterType(SqlType type) => type.Kind switch
    {
        SqlTypeKind.Boolean => NpgsqlDbType.Boolean,
        SqlTypeKind.SmallInt => NpgsqlDbType.Smallint,
        SqlTypeKind.Integer => NpgsqlDbType.Integer,
        SqlTypeKind.BigInt => NpgsqlDbType.Bigint,
        SqlTypeKind.Real => NpgsqlDbType.Real,
        SqlTypeKind.Double => NpgsqlDbType.Double,
        SqlTypeKind.Numeric => NpgsqlDbType.Numeric,
        SqlTypeKind.Text or SqlTypeKind.VarChar or SqlTypeKind.Char => NpgsqlDbType.Text,
        SqlTypeKind.Bytes => NpgsqlDbType.Bytea,
        SqlTypeKind.Uuid => NpgsqlDbType.Uuid,
        SqlTypeKind.Date => NpgsqlDbType.Date,
        SqlTypeKind.Time => NpgsqlDbType.Time,
        SqlTypeKind.TimeTz => NpgsqlDbType.TimeTz,
        SqlTypeKind.Timestamp => NpgsqlDbType.Timestamp,
        SqlTypeKind.TimestampTz => NpgsqlDbType.TimestampTz,
        SqlTypeKind.Interval => NpgsqlDbType.Interval,
        SqlTypeKind.Json => NpgsqlDbType.Json,
        SqlTypeKind.JsonB => NpgsqlDbType.Jsonb,
        SqlTypeKind.Array when type.Element is { } element && ParameterType(element) is { } known => NpgsqlDbType.Array | known,
        _ => null,
    };

    /// <summary>The declaration of a new column.</summary>
    internal static string Declare(SqlType type) => type is { IsDeclared: true, StoreName: { } declared } ? declared : type.Kind switch
    {
        SqlTypeKind.Boolean => "boolean",
        SqlTypeKind.SmallInt => "smallint",
        SqlTypeKind.Integer => "integer",
        SqlTypeKind.BigInt => "bigint",
        SqlTypeKind.Real => "real",
        SqlTypeKind.Double => "double precision",
        SqlTypeKind.Numeric => type.Precision is { } precision
            ? string.Create(CultureInfo.InvariantCulture, $"numeric({precision},{type.Scale ?? 0})")
            : "numeric",
        SqlTypeKind.VarChar => string.Create(CultureInfo.InvariantCulture, $"varchar({type.Length})"),
        SqlTypeKind.Char => string.Create(CultureInfo.InvariantCulture, $"char({type.Length})"),
        SqlTypeKind.Bytes => "bytea",
        SqlTypeKind.Uuid => "uuid",
        SqlTypeKind.Date => "date",
        SqlTypeKind.Time => Digits("time", type),
        SqlTypeKind.TimeTz => Digits("timetz", type),
        SqlTypeKind.Timestamp => Digits("timestamp", type),
        SqlTypeKind.TimestampTz => Digits("timestamptz", type),
        SqlTypeKind.Interval => Digits("interval", type),
        SqlTypeKind.Json => "json",
        SqlTypeKind.JsonB => "jsonb",
        SqlTypeKind.Other when type.StoreName is { } name && IsEverywhere(name) => name,
        SqlTypeKind.Array => Declare(type.Element!) + "[]",
        _ => "text",
    };

    static string Digits(string name, SqlType type) =>
        type.Precision is { } digits and < MostSecondDigits ? string.Create(CultureInfo.InvariantCulture, $"{name}({digits})") : name;

    // What every server has, and whose texts mean the same in every database: not money, whose text is its locale's, nor what names a row
    // of a catalog.
    static readonly FrozenSet<string> s_everywhere = FrozenSet.ToFrozenSet(
    [
        "bit", "bit varying", "box", "\"char\"", "cidr", "circle", "inet", "jsonpath", "line", "lseg", "macaddr", "macaddr8", "oid", "path", "pg_lsn", "point", "polygon",
        "tsquery", "tsvector", "xml", "datemultirange", "daterange", "int4multirange", "int4range", "int8multirange", "int8range", "nummultirange", "numrange", "tsmultirange",
        "tsrange", "tstzmultirange", "tstzrange",
    ]);

    // As the catalog prints it: with a limit in parentheses, and brackets behind an array's.
    static bool IsEverywhere(string name)
    {
        var bare = name.EndsWith("[]", StringComparison.Ordinal) ? name[..^2] : name;
        if (bare.IndexOf('(', StringComparison.Ordinal) is > 0 and var limit)
            bare = bare[..limit];
        return s_everywhere.Contains(bare);
    }
}
