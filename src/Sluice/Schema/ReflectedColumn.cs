using System.Runtime.CompilerServices;

namespace Sluice.Schema;

/// <summary>Makes the typed column of a property.</summary>
static class ReflectedColumn
{
    internal static Column Make(RowMember member, bool isNullable)
    {
        if (RuntimeFeature.IsDynamicCodeSupported)
            return (Column)typeof(ReflectedColumn).GetMethod(nameof(Of))!.MakeGenericMethod(member.ValueType).Invoke(null, [member, isNullable])!;
        return Known(member, isNullable);
    }

    public static Column Of<T>(RowMember member, bool isNullable) => new Column<T>(member.ColumnName, member.SqlType)
    {
        IsNullable = isNullable,
        Generated = member.Generated,
    };

    // Compiled ahead of time, only the types that are named here exist; the others are known by their SQL type alone.
    internal static Column Known(RowMember member, bool isNullable) => Type.GetTypeCode(member.ValueType) switch
    {
        _ when member.ValueType.IsEnum => Of<object>(member, isNullable),
        TypeCode.Boolean => Of<bool>(member, isNullable),
        TypeCode.SByte => Of<sbyte>(member, isNullable),
        TypeCode.Byte => Of<byte>(member, isNullable),
        TypeCode.Int16 => Of<short>(member, isNullable),
        TypeCode.UInt16 => Of<ushort>(member, isNullable),
        TypeCode.Int32 => Of<int>(member, isNullable),
        TypeCode.UInt32 => Of<uint>(member, isNullable),
        TypeCode.Int64 => Of<long>(member, isNullable),
        TypeCode.UInt64 => Of<ulong>(member, isNullable),
        TypeCode.Single => Of<float>(member, isNullable),
        TypeCode.Double => Of<double>(member, isNullable),
        TypeCode.Decimal => Of<decimal>(member, isNullable),
        TypeCode.Char => Of<char>(member, isNullable),
        TypeCode.String => Of<string>(member, isNullable),
        TypeCode.DateTime => Of<DateTime>(member, isNullable),
        _ when member.ValueType == typeof(Guid) => Of<Guid>(member, isNullable),
        _ when member.ValueType == typeof(DateTimeOffset) => Of<DateTimeOffset>(member, isNullable),
        _ when member.ValueType == typeof(DateOnly) => Of<DateOnly>(member, isNullable),
        _ when member.ValueType == typeof(TimeOnly) => Of<TimeOnly>(member, isNullable),
        _ when member.ValueType == typeof(TimeSpan) => Of<TimeSpan>(member, isNullable),
        _ when member.ValueType == typeof(byte[]) => Of<byte[]>(member, isNullable),
        _ => Of<object>(member, isNullable),
    };
}
