using System.Data.Common;
using System.Runtime.CompilerServices;
using Sluice.Rows;

namespace Sluice.Reading;

/// <summary>An enumeration's values, which a database has as numbers or as texts.</summary>
/// <typeparam name="T">An enumeration or a nullable one; of all other types nothing is asked but whether they are.</typeparam>
static class EnumReading<T>
{
    static readonly Type s_type = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
    static readonly TypeCode s_code = Type.GetTypeCode(s_type);

    /// <summary>Whether the type is an enumeration.</summary>
    internal static readonly bool Is = s_type.IsEnum;

    internal static T Get(DbDataReader reader, int ordinal)
    {
        var stored = reader.GetFieldType(ordinal);
        if (stored == s_type)
            return reader.GetFieldValue<T>(ordinal);
        if (stored != typeof(string))
            return Number(new DataRecordReader(reader), ordinal);
        return EnumNames.TryRead(s_type, reader.GetString(ordinal), out var named)
            ? (T)named
            : throw new InvalidCastException($"Column '{reader.GetName(ordinal)}' has a text that is no name of {s_type.Name}. Read it as String.");
    }

    static T Number(DataRecordReader reader, int ordinal) => s_code switch
    {
        TypeCode.SByte => Of(reader.Get<sbyte>(ordinal)),
        TypeCode.Byte => Of(reader.Get<byte>(ordinal)),
        TypeCode.Int16 => Of(reader.Get<short>(ordinal)),
        TypeCode.UInt16 => Of(reader.Get<ushort>(ordinal)),
        TypeCode.Int32 => Of(reader.Get<int>(ordinal)),
        TypeCode.UInt32 => Of(reader.Get<uint>(ordinal)),
        TypeCode.UInt64 => Of(reader.Get<ulong>(ordinal)),
        _ => Of(reader.Get<long>(ordinal)),
    };

    // A nullable one is larger than its number.
    static T Of<TNumber>(TNumber number)
        where TNumber : struct =>
            Unsafe.SizeOf<T>() == Unsafe.SizeOf<TNumber>() ? Unsafe.As<TNumber, T>(ref number) : (T)Enum.ToObject(s_type, number);
}
