using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Sluice.Rows;

/// <summary>The names and numbers by which databases know an enumeration's values; names as they are, or in snake_case.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[Experimental(ExperimentalFor.Providers)]
public static class EnumNames
{
    static readonly ConcurrentDictionary<(Type, string), object> s_known = new();

    /// <summary>The value that a text names.</summary>
    /// <param name="type">The enumeration, or a nullable one.</param>
    /// <param name="text">A name, its snake_case, or the digits of a value without a name.</param>
    /// <param name="value">The value.</param>
    public static bool TryRead(Type type, string text, [NotNullWhen(true)] out object? value)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(text);
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (s_known.TryGetValue((type, text), out value))
            return true;
        if (!Enum.TryParse(type, text, out value) && Array.Find(Enum.GetNames(type), n => string.Equals(SnakeCase(n), text, StringComparison.Ordinal)) is { } name)
            value = Enum.Parse(type, name);
        if (value is null)
            return false;
        value = s_known.GetOrAdd((type, text), value);
        return true;
    }

    /// <summary>A name as labels are written: InTransit is in_transit.</summary>
    public static string SnakeCase(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Sluice.SnakeCase.Of(name);
    }

    /// <summary>The number behind an enumeration's value, sign kept, without boxing; of one above those of long, its bits.</summary>
    public static long NumberOf<TEnum>(TEnum value)
        where TEnum : struct, Enum => Code<TEnum>.Value switch
        {
            TypeCode.SByte => Unsafe.BitCast<TEnum, sbyte>(value),
            TypeCode.Byte => Unsafe.BitCast<TEnum, byte>(value),
            TypeCode.Int16 => Unsafe.BitCast<TEnum, short>(value),
            TypeCode.UInt16 => Unsafe.BitCast<TEnum, ushort>(value),
            TypeCode.Int32 => Unsafe.BitCast<TEnum, int>(value),
            TypeCode.UInt32 => Unsafe.BitCast<TEnum, uint>(value),
            _ => Unsafe.BitCast<TEnum, long>(value),
        };

    /// <summary>Whether an enumeration's numbers go above those of long.</summary>
    public static bool AreUnsigned<TEnum>()
        where TEnum : struct, Enum => Code<TEnum>.Value is TypeCode.UInt64;

    static class Code<TEnum>
        where TEnum : struct, Enum
    {
        internal static readonly TypeCode Value = Type.GetTypeCode(typeof(TEnum));
    }
}
