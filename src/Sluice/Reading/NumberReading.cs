using System.Data.Common;
using System.Globalization;
using System.Numerics;

namespace Sluice.Reading;

/// <summary>Numbers, truth values and characters that the database has as another type.</summary>
static class NumberReading
{
    internal static T Convert<T>(DbDataReader reader, int index)
    {
        var stored = reader.GetFieldType(index);
        if (reader.IsDBNull(index))
            throw new InvalidCastException($"Column '{reader.GetName(index)}' is null, but {typeof(T).Name} has no null. Declare the property nullable.");
        try
        {
            return From<T>(stored, reader, index);
        }
        catch (OverflowException inner)
        {
            throw TooLarge<T>(stored, reader, index, inner);
        }
    }

    /// <summary>The same for a value that was read before.</summary>
    internal static T Convert<T>(object value, DbDataReader reader, int index)
    {
        try
        {
            return From<T>(value, reader, index);
        }
        catch (OverflowException inner)
        {
            throw TooLarge<T>(value.GetType(), reader, index, inner);
        }
    }

    static T From<T>(object value, DbDataReader reader, int index) =>
        value switch
        {
            short number => FromInt64<T>(number, reader, index),
            int number => FromInt64<T>(number, reader, index),
            long number => FromInt64<T>(number, reader, index),
            float number => FromSingle<T>(number, reader, index),
            double number => FromDouble<T>(number, reader, index),
            decimal number => FromDecimal<T>(number, reader, index),
            string text => FromText<T>(text, reader, index),
            _ => throw Mismatch<T>(reader, index),
        };

    static T From<T>(Type stored, DbDataReader reader, int index) =>
        Type.GetTypeCode(stored) switch
        {
            TypeCode.SByte => FromInt64<T>(reader.GetFieldValue<sbyte>(index), reader, index),
            TypeCode.Byte => FromInt64<T>(reader.GetFieldValue<byte>(index), reader, index),
            TypeCode.Int16 => FromInt64<T>(reader.GetFieldValue<short>(index), reader, index),
            TypeCode.UInt16 => FromInt64<T>(reader.GetFieldValue<ushort>(index), reader, index),
            TypeCode.Int32 => FromInt64<T>(reader.GetFieldValue<int>(index), reader, index),
            TypeCode.UInt32 => FromInt64<T>(reader.GetFieldValue<uint>(index), reader, index),
            TypeCode.Int64 => FromInt64<T>(reader.GetFieldValue<long>(index), reader, index),
            TypeCode.UInt64 => FromDecimal<T>(reader.GetFieldValue<ulong>(index), reader, index),
            TypeCode.Single => FromSingle<T>(reader.GetFieldValue<float>(index), reader, index),
            TypeCode.Double => FromDouble<T>(reader.GetFieldValue<double>(index), reader, index),
            TypeCode.Decimal when typeof(T) == typeof(BigInteger) => reader.GetFieldValue<T>(index),
            TypeCode.Decimal => FromDecimal<T>(reader.GetFieldValue<decimal>(index), reader, index),
            TypeCode.String => FromText<T>(reader.GetFieldValue<string>(index), reader, index),
            TypeCode.Boolean or TypeCode.Char or TypeCode.DateTime => throw Mismatch<T>(reader, index),
            _ => reader.GetFieldValue<T>(index),
        };

    // The casts through object are removed when the method is compiled for a T.
    static T FromInt64<T>(long value, DbDataReader reader, int index)
    {
        checked
        {
            if (typeof(T) == typeof(long)) return (T)(object)value;
            if (typeof(T) == typeof(int)) return (T)(object)(int)value;
            if (typeof(T) == typeof(short)) return (T)(object)(short)value;
            if (typeof(T) == typeof(byte)) return (T)(object)(byte)value;
            if (typeof(T) == typeof(sbyte)) return (T)(object)(sbyte)value;
            if (typeof(T) == typeof(ushort)) return (T)(object)(ushort)value;
            if (typeof(T) == typeof(uint)) return (T)(object)(uint)value;
            if (typeof(T) == typeof(ulong)) return (T)(object)(ulong)value;
            if (typeof(T) == typeof(decimal)) return (T)(object)(decimal)value;
            if (typeof(T) == typeof(BigInteger)) return (T)(object)(BigInteger)value;
        }
        if (typeof(T) == typeof(double)) return (Int128)(double)value == value ? (T)(object)(double)value : throw new OverflowException();
        if (typeof(T) == typeof(float)) return (Int128)(float)value == value ? (T)(object)(float)value : throw new OverflowException();
        if (typeof(T) == typeof(bool) && value is 0 or 1) return (T)(object)(value == 1);
        throw Mismatch<T>(reader, index);
    }

    // By its digits: those of a wider number would be others than the ones that the column shows.
    static T FromSingle<T>(float value, DbDataReader reader, int index) =>
        typeof(T) == typeof(float) ? (T)(object)value
        : float.IsInteger(value) ? FromDouble<T>(value, reader, index)
        : FromDouble<T>(double.Parse(value.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture),
            reader, index);

    static T FromDouble<T>(double value, DbDataReader reader, int index)
    {
        if (typeof(T) == typeof(double))
            return (T)(object)value;
        if (typeof(T) == typeof(float))
            return double.IsNaN(value) || (float)value == value ? (T)(object)(float)value : throw new OverflowException();
        if (typeof(T) == typeof(decimal))
            return double.IsInteger(value) && Math.Abs(value) <= (1L << 53) ? (T)(object)(decimal)(long)value : TryDecimal(value.ToString("R", CultureInfo.InvariantCulture), out var exact) && double.Parse(exact.ToString(CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture) == value ? (T)(object)exact : throw new OverflowException();
        if (!double.IsInteger(value))
            throw Mismatch<T>(reader, index);
        if (typeof(T) == typeof(BigInteger))
            return (T)(object)new BigInteger(value);
        return typeof(T) == typeof(ulong) ? (T)(object)checked((ulong)value) : FromInt64<T>(checked((long)value), reader, index);
    }

    static T FromDecimal<T>(decimal value, DbDataReader reader, int index)
    {
        if (typeof(T) == typeof(decimal))
            return (T)(object)value;
        if (typeof(T) == typeof(double))
            return TryDecimal(Wide(value).ToString("R", CultureInfo.InvariantCulture), out var same) && same == value
                ? (T)(object)Wide(value)
                : throw new OverflowException();
        if (typeof(T) == typeof(float))
            return TryDecimal(((float)value).ToString("R", CultureInfo.InvariantCulture), out var single) && single == value
                ? (T)(object)(float)value
                : throw new OverflowException();
        if (!decimal.IsInteger(value))
            throw Mismatch<T>(reader, index);
        if (typeof(T) == typeof(ulong))
            return (T)(object)(ulong)value;
        return FromInt64<T>((long)value, reader, index);
    }

    // A cast gives a neighbour of some numbers.
    static double Wide(decimal value) =>
        double.Parse(value.ToString(CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture);

    static T FromText<T>(string value, DbDataReader reader, int index)
    {
        if (typeof(T) == typeof(char) && value is [var character, ..] && value.AsSpan(1).IndexOfAnyExcept(' ') < 0)
            return (T)(object)character;
        // A database without decimals of its own keeps them as text.
        if (typeof(T) == typeof(decimal) && decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return (T)(object)number;
        throw Mismatch<T>(reader, index);
    }

    // A cast to decimal rounds to 15 digits; the shortest text that reads back as the same number has all of them.
    static bool TryDecimal(string text, out decimal result) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out result);

    static OverflowException TooLarge<T>(Type stored, DbDataReader reader, int index, OverflowException inner) =>
        new($"Column '{reader.GetName(index)}' has a value of type {stored.Name}, which {typeof(T).Name} cannot hold without loss. Read it as {stored.Name}.", inner);

    static InvalidCastException Mismatch<T>(DbDataReader reader, int index) =>
        new($"Column '{reader.GetName(index)}' has a value of type {reader.GetFieldType(index).Name}, which is no {typeof(T).Name}. Read it as {reader.GetFieldType(index).Name}.");
}
