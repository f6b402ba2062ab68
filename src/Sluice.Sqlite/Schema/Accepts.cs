using Sluice.Planning;
using Sluice.Sqlite.Values;

namespace Sluice.Sqlite.Schema;

/// <summary>What a column takes. SQLite would store anything anywhere; a value of another kind is an error here instead.</summary>
[Flags]
enum Accepts
{
    /// <summary>The field is not written at all.</summary>
    Nothing = 0,
    Integer = 1,
    Boolean = 2,
    Real = 4,
    Decimal = 8,
    Text = 16,
    Uuid = 32,
    Date = 64,
    Time = 128,
    Timestamp = 256,
    Span = 512,
    Blob = 1024,
    Array = 2048,
    Anything = Integer | Boolean | Real | Decimal | Text | Uuid | Date | Time | Timestamp | Span | Blob | Array,
}

static class Acceptance
{
    /// <summary>What a column of a declared type takes.</summary>
    internal static Accepts Of(Column column) => column.Type.Kind switch
    {
        SqlTypeKind.Boolean => Accepts.Boolean | Accepts.Integer,
        SqlTypeKind.BigInt => Accepts.Integer | Accepts.Boolean | Accepts.Decimal | Accepts.Real,
        SqlTypeKind.Double => Accepts.Real | Accepts.Integer | Accepts.Decimal,
        SqlTypeKind.Numeric => Accepts.Integer | Accepts.Real | Accepts.Decimal
            | (SqliteTypes.AffinityOf(column.Type.StoreName ?? "") is Affinity.Text ? Accepts.Text : 0),
        SqlTypeKind.Text =>
            Accepts.Text | Accepts.Uuid | Accepts.Date | Accepts.Time | Accepts.Timestamp | Accepts.Span | Accepts.Decimal | Accepts.Array,
        SqlTypeKind.Json => Accepts.Text | Accepts.Array,
        SqlTypeKind.Bytes => Accepts.Blob,
        SqlTypeKind.Uuid => Accepts.Uuid | Accepts.Text,
        SqlTypeKind.Date => Accepts.Date | Accepts.Text,
        SqlTypeKind.Time => Accepts.Time | Accepts.Span | Accepts.Text,
        SqlTypeKind.Interval => Accepts.Span | Accepts.Text,
        SqlTypeKind.Timestamp or SqlTypeKind.TimestampTz => Accepts.Timestamp | Accepts.Text,
        _ => Accepts.Anything,
    };

    /// <summary>
    /// What values of a .NET type are; <see cref="Accepts.Anything"/> where only the value itself can tell, nothing where SQLite has no
    /// place for it.
    /// </summary>
    internal static Accepts Of(Type type)
    {
        if (type.IsEnum) return Accepts.Integer | Accepts.Text;
        if (type == typeof(object)) return Accepts.Anything;
        if (type == typeof(string) || type == typeof(char)) return Accepts.Text;
        if (type == typeof(bool)) return Accepts.Boolean;
        if (type == typeof(float) || type == typeof(double)) return Accepts.Real;
        if (type == typeof(decimal)) return Accepts.Decimal;
        if (type == typeof(Guid)) return Accepts.Uuid;
        if (type == typeof(DateOnly)) return Accepts.Date;
        if (type == typeof(TimeOnly)) return Accepts.Time;
        if (type == typeof(TimeSpan)) return Accepts.Span;
        if (type == typeof(DateTime) || type == typeof(DateTimeOffset)) return Accepts.Timestamp;
        if (type == typeof(byte[]) || type == typeof(ReadOnlyMemory<byte>) || type == typeof(Memory<byte>)) return Accepts.Blob;
        if (type.FullName?.StartsWith("System.Text.Json.", StringComparison.Ordinal) == true) return Accepts.Text;
        if (ElementOf(type) is { } element) return Of(element) is Accepts.Nothing || ElementOf(element) is not null
            ? Accepts.Nothing
            : Accepts.Array;
        if (type == typeof(System.Numerics.BigInteger)) return Accepts.Integer | Accepts.Text;
        return type.IsPrimitive ? Accepts.Integer : OtherText.Takes(type) ? Accepts.Text : Accepts.Nothing;
    }

    // Bytes are one value, and were recognised before.
    static Type? ElementOf(Type type) =>
        type.IsArray && type.GetArrayRank() == 1 ? Nullable.GetUnderlyingType(type.GetElementType()!) ?? type.GetElementType()
        : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>) ? Nullable.GetUnderlyingType(type.GenericTypeArguments[0])
            ?? type.GenericTypeArguments[0]
        : null;

    /// <summary>Refuses a plan whose fields hold values that their columns do not take.</summary>
    internal static void Check(PlanColumn column, Table table)
    {
        if (column.Field.IsParsed)
            return;
        var given = Of(column.Field.ClrType);
        // Names are texts, and no dates or identifiers.
        if (column.Field.ClrType.IsEnum && column.Target.Type.Kind is not SqlTypeKind.Text)
            given = Accepts.Integer;
        if ((given & Of(column.Target)) == 0)
            throw ValueProblems.TypeMismatch(column, table);
    }
}
