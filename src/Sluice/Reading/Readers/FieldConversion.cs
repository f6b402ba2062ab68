using System.Data.Common;

namespace Sluice.Reading.Readers;

/// <summary>Values as another type than they were read as, where nothing is lost.</summary>
static class FieldConversion
{
    internal static T To<T>(object value, DbDataReader reader, int index)
    {
        var wanted = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
        if (wanted == typeof(DateTime) && Moment(value) is { } moment)
            return (T)(object)moment;
        if (wanted == typeof(DateTimeOffset) && value is DateTime { Kind: DateTimeKind.Utc } point)
            return (T)(object)new DateTimeOffset(point);
        if (wanted == typeof(TimeSpan) && value is TimeOnly time)
            return (T)(object)time.ToTimeSpan();
        if (wanted == typeof(T) && (wanted.IsPrimitive || wanted == typeof(decimal)))
            return NumberReading.Convert<T>(value, reader, index);
        throw new InvalidCastException(
            $"Column '{reader.GetName(index)}' has a value of type {value.GetType().Name}, which is no {wanted.Name}. Read it as {value.GetType().Name}, or say by Returns what the text's columns are.");
    }

    static DateTime? Moment(object value) => value switch
    {
        DateTimeOffset point => point.UtcDateTime,
        DateOnly date => date.ToDateTime(TimeOnly.MinValue),
        _ => null,
    };
}
