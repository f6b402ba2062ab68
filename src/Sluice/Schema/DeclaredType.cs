using System.Globalization;

namespace Sluice;

/// <summary>Types as <c>[Column(TypeName = …)]</c> declares them.</summary>
static class DeclaredType
{
    /// <summary>
    /// The type that is declared: its family where the words say one, else that of the .NET type; a new column gets the words.
    /// </summary>
    internal static SqlType Apply(SqlType type, string storeName)
    {
        var (words, limits) = Split(storeName);
        if (words.EndsWith("[]", StringComparison.Ordinal) || type.Kind is SqlTypeKind.Array)
            return type with { StoreName = storeName, IsDeclared = true };
        return (words, limits) switch
        {
            ("numeric" or "decimal", [var precision]) when type.Kind is SqlTypeKind.Numeric => SqlType.Decimal(precision, 0),
            ("numeric" or "decimal", [var precision, var scale]) when type.Kind is SqlTypeKind.Numeric => SqlType.Decimal(precision, scale),
            ("varchar" or "character varying", [var length]) when IsText(type.Kind) => SqlType.VarChar(length),
            ("char" or "character", [var length]) when IsText(type.Kind) => SqlType.Char(length),
            _ => (Declared(words, limits, type) ?? type) with { StoreName = storeName, IsDeclared = true },
        };
    }

    /// <summary>Whether the words are those of a type that every database has.</summary>
    internal static bool IsKnown(string storeName) => KindOf(Split(storeName).Words) is not null;

    // A number, time or identifier that is kept as text stays what it is to whoever compares it.
    static SqlType? Declared(string words, int[] limits, SqlType type) => KindOf(words) switch
    {
        null => null,
        SqlTypeKind.Text => IsText(type.Kind) || type.Kind is SqlTypeKind.Other || IsWhole(type.Kind) ? SqlType.Text : null,
        SqlTypeKind.Numeric =>
            new SqlType(SqlTypeKind.Numeric) { Precision = limits.Length > 0 ? limits[0] : null, Scale = limits.Length > 1 ? limits[1] : limits.Length > 0 ? 0 : null },
        (SqlTypeKind.Time or SqlTypeKind.TimeTz or SqlTypeKind.Timestamp or SqlTypeKind.TimestampTz or SqlTypeKind.Interval) and var kind =>
            new SqlType(kind) { Precision = limits is [var digits] ? digits : null },
        { } kind => new SqlType(kind),
    };

    static SqlTypeKind? KindOf(string words) => words switch
    {
        "boolean" or "bool" => SqlTypeKind.Boolean,
        "smallint" or "int2" => SqlTypeKind.SmallInt,
        "integer" or "int" or "int4" => SqlTypeKind.Integer,
        "bigint" or "int8" => SqlTypeKind.BigInt,
        "real" or "float4" => SqlTypeKind.Real,
        "double precision" or "float8" or "double" => SqlTypeKind.Double,
        "numeric" or "decimal" => SqlTypeKind.Numeric,
        "text" or "varchar" or "character varying" or "char" or "character" or "bpchar" => SqlTypeKind.Text,
        "bytea" or "blob" => SqlTypeKind.Bytes,
        "uuid" => SqlTypeKind.Uuid,
        "date" => SqlTypeKind.Date,
        "time" or "time without time zone" => SqlTypeKind.Time,
        "timetz" or "time with time zone" => SqlTypeKind.TimeTz,
        "timestamp" or "timestamp without time zone" => SqlTypeKind.Timestamp,
        "timestamptz" or "timestamp with time zone" => SqlTypeKind.TimestampTz,
        "interval" => SqlTypeKind.Interval,
        "json" => SqlTypeKind.Json,
        "jsonb" => SqlTypeKind.JsonB,
        _ => null,
    };

    static bool IsText(SqlTypeKind kind) => kind is SqlTypeKind.Text or SqlTypeKind.VarChar or SqlTypeKind.Char;

    // An enumeration, which a text column holds by its names.
    static bool IsWhole(SqlTypeKind kind) => kind is SqlTypeKind.SmallInt or SqlTypeKind.Integer or SqlTypeKind.BigInt;

    // The words without the limits, which may stand in the middle: timestamp(3) with time zone.
    static (string Words, int[] Limits) Split(string declared)
    {
        var open = declared.IndexOf('(', StringComparison.Ordinal);
        var close = declared.IndexOf(')', StringComparison.Ordinal);
        var words = open > 0 && close > open ? declared[..open].TrimEnd() + declared[(close + 1)..] : declared;
        var limits = open > 0 && close > open ? Limits(declared[(open + 1)..close]) : [];
        // What stands in parentheses and is no number is not known here, so neither is the type.
        return limits is null
            ? (declared, [])
            : (string.Join(' ', words.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries)), limits);
    }

    static int[]? Limits(string text)
    {
        var parts = text.Split(',');
        var limits = new int[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out limits[i]))
                return null;
        }
        return limits;
    }
}
