using System.Runtime.CompilerServices;

namespace Sluice.Sqlite.Values;

/// <summary>The number behind an enumeration's value, sign kept, without boxing.</summary>
static class EnumNumber<TEnum>
    where TEnum : struct, Enum
{
    static readonly TypeCode s_code = Type.GetTypeCode(typeof(TEnum));

    internal static long Of(TEnum value) => s_code switch
    {
        TypeCode.SByte => Unsafe.BitCast<TEnum, sbyte>(value),
        TypeCode.Byte => Unsafe.BitCast<TEnum, byte>(value),
        TypeCode.Int16 => Unsafe.BitCast<TEnum, short>(value),
        TypeCode.UInt16 => Unsafe.BitCast<TEnum, ushort>(value),
        TypeCode.Int32 => Unsafe.BitCast<TEnum, int>(value),
        TypeCode.UInt32 => Unsafe.BitCast<TEnum, uint>(value),
        _ => Unsafe.BitCast<TEnum, long>(value),
    };
}
