using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using Sluice.PostgreSql.Encoding;
using Sluice.PostgreSql.Schema;

namespace Sluice.PostgreSql.Statements;

/// <summary>
/// Looks at a stored date, time or span before it is read: the driver does not notice that some are beyond what .NET's types hold, and
/// gives another one.
/// </summary>
static class StoredTime
{
    const long MicrosecondsPerDay = 86_400_000_000;
    const string ToSeconds = "Cast it in the query, as to seconds by extract(epoch FROM …)";
    const long MostMicroseconds = long.MaxValue / TimeSpan.TicksPerMicrosecond;

    /// <summary>Whether values are read as a type of dates, times or spans. Decided when the method is compiled for T.</summary>
    internal static bool IsReadAs<T>() => !typeof(T).IsValueType
        ? typeof(T) == typeof(object)
        : typeof(T) == typeof(DateTime) || typeof(T) == typeof(DateTime?)
            || typeof(T) == typeof(DateTimeOffset) || typeof(T) == typeof(DateTimeOffset?)
            || typeof(T) == typeof(DateOnly) || typeof(T) == typeof(DateOnly?)
            || typeof(T) == typeof(TimeOnly) || typeof(T) == typeof(TimeOnly?)
            || typeof(T) == typeof(TimeSpan) || typeof(T) == typeof(TimeSpan?);

    /// <summary>What a type of the server's is in .NET, whatever a plugin of the driver's makes of it; null for other types.</summary>
    internal static Type? TypeOf(uint oid) => oid switch
    {
        1082 => typeof(DateOnly),
        1083 => typeof(TimeOnly),
        1114 or PostgresTypes.PointInTime => typeof(DateTime),
        1186 => typeof(TimeSpan),
        _ => null,
    };

    /// <param name="reader">At a row.</param>
    /// <param name="index">A column of it that is not null.</param>
    /// <param name="stored">Its type in .NET.</param>
    /// <param name="wanted">What it is to be read as.</param>
    /// <exception cref="Sluice.Providers.LoadFault">.NET has no such value.</exception>
    internal static void Check(NpgsqlDataReader reader, int index, Type stored, Type wanted)
    {
        // A plugin's types may well hold it.
        if (wanted == typeof(object) && reader.GetFieldType(index) != stored)
            return;
        if (stored == typeof(DateTime))
            CheckTimestamp(reader.GetFieldValue<long>(index), reader, index);
        else if (stored == typeof(DateOnly))
            CheckDate(reader.GetFieldValue<int>(index), reader, index);
        else if (stored == typeof(TimeSpan))
            CheckSpan(reader, index);
        else if (stored == typeof(TimeOnly) && wanted != typeof(TimeSpan) && wanted != typeof(TimeSpan?)
            && reader.GetFieldValue<TimeSpan>(index).Ticks > TimeOnly.MaxValue.Ticks)
            throw ResultProblems.BeyondType(reader.GetName(index), "24:00:00", "a TimeOnly ends before midnight",
                "Read it as a TimeSpan, or cast it in the query");
    }

    /// <exception cref="Sluice.Providers.LoadFault">It is beyond .NET's calendar, and not infinite.</exception>
    internal static void CheckTimestamp(long microseconds, NpgsqlDataReader reader, int index)
    {
        if (microseconds is not (long.MaxValue or long.MinValue) && !PostgresTime.TryTicks(microseconds, out _))
            throw ResultProblems.BeyondCalendar(reader.GetName(index),
                Math.DivRem(microseconds, MicrosecondsPerDay) is var (days, rest) && rest < 0 ? days - 1 : days);
    }

    /// <inheritdoc cref="CheckTimestamp"/>
    internal static void CheckDate(int days, NpgsqlDataReader reader, int index)
    {
        if (days is not (int.MaxValue or int.MinValue) && (days < PostgresTime.FirstDay || days > PostgresTime.LastDay))
            throw ResultProblems.BeyondCalendar(reader.GetName(index), days);
    }

    /// <exception cref="Sluice.Providers.LoadFault">No TimeSpan is as long, or it has months, whose length is unknown.</exception>
    internal static void CheckSpan(NpgsqlDataReader reader, int index)
    {
        var span = reader.GetFieldValue<NpgsqlInterval>(index);
        if (span.Months != 0)
            throw ResultProblems.BeyondType(reader.GetName(index), Months(span),
                "a TimeSpan has days and less, for months have no length of their own", ToSeconds);
        if (Int128.Abs(((Int128)span.Days * MicrosecondsPerDay) + span.Time) > MostMicroseconds)
            throw ResultProblems.BeyondType(reader.GetName(index), Text(span.Days) + (span.Time == 0 ? " days" : " days and more"),
                "a TimeSpan ends after 10675199 days and 2:48:05.477580", ToSeconds);
    }

    static string Months(NpgsqlInterval span) => span switch
    {
        { Months: int.MaxValue, Days: int.MaxValue } => "infinity",
        { Months: int.MinValue, Days: int.MinValue } => "-infinity",
        _ => Text(span.Months) + (span.Months is 1 or -1 ? " month" : " months") + (span is { Days: 0, Time: 0 } ? "" : " and more"),
    };

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
