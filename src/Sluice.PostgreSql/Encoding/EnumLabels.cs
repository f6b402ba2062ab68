using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;

namespace Sluice.PostgreSql.Encoding;

/// <summary>Names, labels and numbers of enumerations' values, without boxing where they are known already.</summary>
static class EnumLabels
{
    /// <exception cref="Sluice.Rows.ValueException">The type has no such label.</exception>
    internal static void Check(in Slot slot, ReadOnlySpan<char> label)
    {
        foreach (var known in slot.Type!.Labels!)
        {
            if (label.SequenceEqual(known))
                return;
        }
        throw Throw.NoSuchLabel(slot);
    }

    internal static string NameOf<TEnum>(TEnum value)
        where TEnum : struct, Enum =>
        Names<TEnum>.Known.GetOrAdd(value, static v => v.ToString());

    /// <summary>The label that a value stands for: its name as it is, or in the snake_case that Npgsql gives it.</summary>
    internal static string LabelOf<TEnum>(in Slot slot, TEnum value)
        where TEnum : struct, Enum
    {
        var name = NameOf(value);
        return slot.Type!.Labels!.Contains(name, StringComparer.Ordinal) ? name : Names<TEnum>.Snake.GetOrAdd(value, static v => SnakeCase(v.ToString()));
    }

    /// <summary>The label for a value whose type is known at run time only: a label of the type, else its name.</summary>
    internal static string LabelOf(in Slot slot, Enum value)
    {
        var name = value.ToString();
        return slot.Type!.Labels?.Contains(name, StringComparer.Ordinal) == false ? SnakeCase(name) : name;
    }

    internal static long NumberOf<TEnum>(TEnum value)
        where TEnum : struct, Enum => Names<TEnum>.Code switch
        {
            TypeCode.SByte => Unsafe.BitCast<TEnum, sbyte>(value),
            TypeCode.Byte => Unsafe.BitCast<TEnum, byte>(value),
            TypeCode.Int16 => Unsafe.BitCast<TEnum, short>(value),
            TypeCode.UInt16 => Unsafe.BitCast<TEnum, ushort>(value),
            TypeCode.Int32 => Unsafe.BitCast<TEnum, int>(value),
            TypeCode.UInt32 => Unsafe.BitCast<TEnum, uint>(value),
            _ => Unsafe.BitCast<TEnum, long>(value),
        };

    /// <summary>Whether an enumeration's numbers go above those of long, so that <see cref="NumberOf"/> gives their bits.</summary>
    internal static bool IsUnsigned<TEnum>()
        where TEnum : struct, Enum => Names<TEnum>.Code is TypeCode.UInt64;

    static string SnakeCase(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i]) && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1]))))
                text.Append('_');
            text.Append(char.ToLowerInvariant(name[i]));
        }
        return text.ToString();
    }

    static class Names<TEnum>
        where TEnum : struct, Enum
    {
        internal static readonly ConcurrentDictionary<TEnum, string> Known = new();
        internal static readonly ConcurrentDictionary<TEnum, string> Snake = new();
        internal static readonly TypeCode Code = Type.GetTypeCode(typeof(TEnum));
    }
}
