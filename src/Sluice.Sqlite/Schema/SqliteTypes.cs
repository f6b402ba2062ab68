using System.Globalization;

namespace Sluice.Sqlite.Schema;

/// <summary>Declared types: what a column's says of its values, and what a new column is declared as.</summary>
/// <remarks>
/// SQLite itself reads only an affinity out of a declared type (https://sqlite.org/datatype3.html §3.1). Sluice reads more, so that
/// what is loaded into a column declared DATE is a date.
/// </remarks>
static class SqliteTypes
{
    // In this order: the first word found decides. TIMESTAMP before TIME, INTERVAL before INT.
    static readonly (string Word, SqlTypeKind Kind)[] s_words =
    [
        ("BOOL", SqlTypeKind.Boolean),
        ("DECIMAL", SqlTypeKind.Numeric),
        ("NUMERIC", SqlTypeKind.Numeric),
        ("INTERVAL", SqlTypeKind.Interval),
        ("INT", SqlTypeKind.BigInt),
        ("JSON", SqlTypeKind.Json),
        ("CHAR", SqlTypeKind.Text),
        ("CLOB", SqlTypeKind.Text),
        ("TEXT", SqlTypeKind.Text),
        ("BLOB", SqlTypeKind.Bytes),
        ("REAL", SqlTypeKind.Double),
        ("FLOA", SqlTypeKind.Double),
        ("DOUB", SqlTypeKind.Double),
        ("TIMESTAMPTZ", SqlTypeKind.TimestampTz),
        ("WITH TIME ZONE", SqlTypeKind.TimestampTz),
        ("TIMESTAMP", SqlTypeKind.Timestamp),
        ("DATETIMEOFFSET", SqlTypeKind.TimestampTz),
        ("DATETIME", SqlTypeKind.Timestamp),
        ("DATE", SqlTypeKind.Date),
        ("TIME", SqlTypeKind.Time),
        ("UUID", SqlTypeKind.Uuid),
        ("GUID", SqlTypeKind.Uuid),
        ("UNIQUEIDENTIFIER", SqlTypeKind.Uuid),
    ];

    internal static SqlType Parse(string declared)
    {
        var upper = declared.ToUpperInvariant();
        foreach (var (word, kind) in s_words)
        {
            if (upper.Contains(word, StringComparison.Ordinal))
                return new SqlType(kind) { StoreName = declared };
        }
        // No type, ANY, and names that say nothing: the column takes what it is given.
        return new SqlType(SqlTypeKind.Other) { StoreName = declared };
    }

    /// <summary>The affinity of a column: the declared type's, but none for ANY in a STRICT table.</summary>
    internal static Affinity AffinityOf(Column column, Table table) =>
        table.Traits.HasFlag(TableTraits.Strict) && column.Type.Kind is SqlTypeKind.Other
            ? Affinity.Blob
            : AffinityOf(column.Type.StoreName ?? "");

    /// <summary>The affinity that SQLite gives to a declared type.</summary>
    internal static Affinity AffinityOf(string declared)
    {
        var upper = declared.ToUpperInvariant();
        if (upper.Contains("INT", StringComparison.Ordinal)) return Affinity.Integer;
        if (upper.Contains("CHAR", StringComparison.Ordinal) || upper.Contains("CLOB", StringComparison.Ordinal) || upper.Contains("TEXT", StringComparison.Ordinal))
            return Affinity.Text;
        if (upper.Contains("BLOB", StringComparison.Ordinal) || upper.Length == 0) return Affinity.Blob;
        if (upper.Contains("REAL", StringComparison.Ordinal) || upper.Contains("FLOA", StringComparison.Ordinal) || upper.Contains("DOUB", StringComparison.Ordinal))
            return Affinity.Real;
        return Affinity.Numeric;
    }

    // A declaration's words, except for those whose affinity would make other values of decimals and documents.
    static string? Declared(SqlType type) =>
        type is { IsDeclared: true, StoreName: { } name }
            && (type.Kind is not (SqlTypeKind.Numeric or SqlTypeKind.Json or SqlTypeKind.JsonB) || AffinityOf(name) is Affinity.Text)
            ? name
            : null;

    /// <summary>The declaration of a new column.</summary>
    internal static string Declare(SqlType type) => Declared(type) ?? type.Kind switch
    {
        SqlTypeKind.Boolean => "BOOLEAN",
        SqlTypeKind.SmallInt or SqlTypeKind.Integer or SqlTypeKind.BigInt => "INTEGER",
        SqlTypeKind.Real or SqlTypeKind.Double => "REAL",
        // TEXT affinity: NUMERIC would keep 15 digits and drop the rest.
        SqlTypeKind.Numeric => "DECIMAL_TEXT",
        SqlTypeKind.VarChar => string.Create(CultureInfo.InvariantCulture, $"VARCHAR({type.Length})"),
        SqlTypeKind.Char => string.Create(CultureInfo.InvariantCulture, $"CHAR({type.Length})"),
        SqlTypeKind.Bytes => "BLOB",
        SqlTypeKind.Uuid => "UUID",
        SqlTypeKind.Date => "DATE",
        SqlTypeKind.Time => "TIME",
        SqlTypeKind.Timestamp => "TIMESTAMP",
        SqlTypeKind.TimestampTz => "TIMESTAMPTZ",
        SqlTypeKind.Json or SqlTypeKind.JsonB or SqlTypeKind.Array => "JSON_TEXT",
        _ => "TEXT",
    };
}
