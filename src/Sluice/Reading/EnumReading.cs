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

    internal static T Get(DbDataReader reader, int index)
    {
        var stored = reader.GetFieldType(index);
        if (stored == s_type)
            return reader.GetFieldValue<T>(index);
        if (stored != typeof(string))
            return Number(new DataRecordReader(reader), index);
        return EnumNames.TryRead(s_type, reader.GetString(index), out var named)
            ? (T)named
            : throw new InvalidCastException($"Column '{reader.GetName(index)}' has a text that is no name of {s_type.Name}. Read it as String.");
    }

    static T Number(DataRecordReader reader, int index) => s_code switch
    {
        TypeCode.SByte => Of(reader.Get<sbyte>(index)),
        TypeCode.Byte => Of(reader.Get<byte>(index)),
        TypeCode.Int16 => Of(reader.Get<short>(index)),
        TypeCode.UInt16 => Of(reader.Get<ushort>(index)),
        TypeCode.Int32 => Of(reader.Get<int>(index)),
        TypeCode.UInt32 => Of(reader.Get<uint>(index)),
        TypeCode.UInt64 => Of(reader.Get<ulong>(index)),
        _ => Of(reader.Get<long>(index)),
    };

    // A nullable one is larger than its number.
    static T Of<TNumber>(TNumber number)
        where TNumber : struct =>
            Unsafe.SizeOf<T>() == Unsafe.SizeOf<TNumber>() ? Unsafe.As<TNumber, T>(ref number) : (T)Enum.ToObject(s_type, number);
}
