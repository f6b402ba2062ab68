using System.Globalization;

namespace Sluice;

/// <summary>The type of a column: its family and the limits on its values.</summary>
/// <param name="Kind">The family.</param>
public sealed record SqlType(SqlTypeKind Kind)
{
    /// <summary>True or false.</summary>
    public static SqlType Boolean { get; } = new(SqlTypeKind.Boolean);

    /// <summary>A whole number of 16 bits.</summary>
    public static SqlType SmallInt { get; } = new(SqlTypeKind.SmallInt);

    /// <summary>A whole number of 32 bits.</summary>
    public static SqlType Integer { get; } = new(SqlTypeKind.Integer);

    /// <summary>A whole number of 64 bits.</summary>
    public static SqlType BigInt { get; } = new(SqlTypeKind.BigInt);

    /// <summary>A floating-point number of 32 bits.</summary>
    public static SqlType Real { get; } = new(SqlTypeKind.Real);

    /// <summary>A floating-point number of 64 bits.</summary>
    public static SqlType Double { get; } = new(SqlTypeKind.Double);

    /// <summary>An exact decimal number without a declared limit.</summary>
    public static SqlType Numeric { get; } = new(SqlTypeKind.Numeric);

    /// <summary>Text of any length.</summary>
    public static SqlType Text { get; } = new(SqlTypeKind.Text);

    /// <summary>A string of bytes.</summary>
    public static SqlType Bytes { get; } = new(SqlTypeKind.Bytes);

    /// <summary>A universally unique identifier.</summary>
    public static SqlType Uuid { get; } = new(SqlTypeKind.Uuid);

    /// <summary>A calendar date.</summary>
    public static SqlType Date { get; } = new(SqlTypeKind.Date);

    /// <summary>A time of day.</summary>
    public static SqlType Time { get; } = new(SqlTypeKind.Time);

    /// <summary>A time of day with its offset from UTC.</summary>
    public static SqlType TimeTz { get; } = new(SqlTypeKind.TimeTz);

    /// <summary>A date and time without a time zone.</summary>
    public static SqlType Timestamp { get; } = new(SqlTypeKind.Timestamp);

    /// <summary>A point in time.</summary>
    public static SqlType TimestampTz { get; } = new(SqlTypeKind.TimestampTz);

    /// <summary>A span of time.</summary>
    public static SqlType Interval { get; } = new(SqlTypeKind.Interval);

    /// <summary>A JSON document kept as text.</summary>
    public static SqlType Json { get; } = new(SqlTypeKind.Json);

    /// <summary>A JSON document kept in a binary form.</summary>
    public static SqlType JsonB { get; } = new(SqlTypeKind.JsonB);

    /// <summary>The most characters (code points, not UTF-16 units) that a value may have, or null for no limit.</summary>
    public int? Length { get; init; }

    /// <summary>The digits that a numeric value may have in all, or the fractional digits of seconds; null for no limit.</summary>
    public int? Precision { get; init; }

    /// <summary>The digits that a numeric value may have after the point, or null for no limit.</summary>
    public int? Scale { get; init; }

    /// <summary>The type of the elements of an array.</summary>
    public SqlType? Element { get; init; }

    /// <summary>The labels of an enumeration, in the database's order.</summary>
    public IReadOnlyList<string>? Labels { get; init => field = value is null ? null : Seq.Of(value); }

    /// <summary>The type as the database itself writes it, when it came from a catalog.</summary>
    public string? StoreName { get; init; }

    /// <summary>Whether <see cref="StoreName"/> is what a declaration asks for, so that a new column gets these words.</summary>
    public bool IsDeclared { get; init; }

    /// <summary>The number by which the database itself knows the type, or 0.</summary>
    public uint StoreId { get; init; }

    /// <summary>Text of at most <paramref name="length"/> characters.</summary>
    public static SqlType VarChar(int length) => new(SqlTypeKind.VarChar) { Length = length };

    /// <summary>Text padded with blanks to <paramref name="length"/> characters.</summary>
    public static SqlType Char(int length) => new(SqlTypeKind.Char) { Length = length };

    /// <summary>
    /// An exact decimal number of at most <paramref name="precision"/> digits, <paramref name="scale"/> of them after the point.
    /// </summary>
    public static SqlType Decimal(int precision, int scale) => new(SqlTypeKind.Numeric) { Precision = precision, Scale = scale };

    /// <summary>A one-dimensional array of <paramref name="element"/>.</summary>
    public static SqlType ArrayOf(SqlType element) => new(SqlTypeKind.Array) { Element = element };

    /// <summary>The type that a new column gets for values of a .NET type.</summary>
    /// <remarks>
    /// A <see cref="DateTime"/> becomes a point in time, as Entity Framework Core maps it. An enumeration becomes a whole number of its
    /// underlying size. A type without a match becomes <see cref="SqlTypeKind.Other"/>.
    /// </remarks>
    public static SqlType For(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsEnum)
            type = Enum.GetUnderlyingType(type);
        if (type == typeof(bool)) return Boolean;
        if (type == typeof(byte) || type == typeof(sbyte) || type == typeof(short)) return SmallInt;
        if (type == typeof(int) || type == typeof(ushort)) return Integer;
        if (type == typeof(long) || type == typeof(uint)) return BigInt;
        if (type == typeof(ulong)) return Decimal(20, 0);
        if (type == typeof(float)) return Real;
        if (type == typeof(double)) return Double;
        if (type == typeof(decimal) || type == typeof(System.Numerics.BigInteger)) return Numeric;
        if (type == typeof(string)) return Text;
        if (type == typeof(char)) return Char(1);
        if (type == typeof(byte[]) || type == typeof(ReadOnlyMemory<byte>) || type == typeof(Memory<byte>)) return Bytes;
        if (type == typeof(Guid)) return Uuid;
        if (type == typeof(DateOnly)) return Date;
        if (type == typeof(TimeOnly)) return Time;
        if (type == typeof(DateTime) || type == typeof(DateTimeOffset)) return TimestampTz;
        if (type == typeof(TimeSpan)) return Interval;
        if (type.FullName?.StartsWith("System.Text.Json.", StringComparison.Ordinal) == true) return JsonB;
        if (type.IsArray && type.GetArrayRank() == 1) return ArrayOf(For(type.GetElementType()!));
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>)) return ArrayOf(For(type.GenericTypeArguments[0]));
        return new SqlType(SqlTypeKind.Other);
    }

    /// <summary>The type that a new column gets for values of a .NET type when its declaration names the database's type.</summary>
    /// <param name="type">Decides the family where the name says none that is known.</param>
    /// <param name="storeName">The type as the database writes it, which a new column gets: 'jsonb', 'citext', 'timestamp(3)'.</param>
    public static SqlType For(Type type, string storeName)
    {
        ArgumentException.ThrowIfNullOrEmpty(storeName);
        type = Nullable.GetUnderlyingType(type) ?? type;
        var declared = DeclaredType.Apply(For(type), storeName);
        // Words that say no family are the name of a type of the user's own, as an enumeration has one.
        return type.IsEnum && declared.IsDeclared && declared.Kind == For(type).Kind && !DeclaredType.IsKnown(storeName)
            ? declared with { Kind = SqlTypeKind.Enum }
            : declared;
    }

    /// <summary>The database's own words for the type where they are known, else its family with its limits.</summary>
    public override string ToString()
    {
        if (StoreName is not null)
            return StoreName;
        var name = Kind switch
        {
            SqlTypeKind.SmallInt => "smallint",
            SqlTypeKind.Integer => "integer",
            SqlTypeKind.BigInt => "bigint",
            SqlTypeKind.Double => "double precision",
            SqlTypeKind.TimestampTz => "timestamp with time zone",
            SqlTypeKind.TimeTz => "time with time zone",
            SqlTypeKind.Array => Element + "[]",
            _ => Kind.ToString().ToLowerInvariant(),
        };
        return (Length, Precision, Scale) switch
        {
            ({ } length, _, _) => string.Create(CultureInfo.InvariantCulture, $"{name}({length})"),
            (_, { } precision, { } scale) => string.Create(CultureInfo.InvariantCulture, $"{name}({precision},{scale})"),
            (_, { } precision, _) => string.Create(CultureInfo.InvariantCulture, $"{name}({precision})"),
            _ => name,
        };
    }
}
