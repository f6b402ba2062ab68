namespace Sluice.PostgreSql.Encoding;

/// <summary>Dates, times and spans in COPY's binary format.</summary>
static class CopyTimes
{
    internal static void Timestamp(this CopyEncoder encoder, in Slot slot, DateTime value)
    {
        switch (slot.Kind)
        {
            case SqlTypeKind.Timestamp when value.Kind is not DateTimeKind.Utc:
            case SqlTypeKind.TimestampTz when value.Kind is DateTimeKind.Utc:
                encoder.PutValue(PostgresTime.Microseconds(slot, value));
                break;
            case SqlTypeKind.Timestamp or SqlTypeKind.TimestampTz:
                // The extremes mean infinity, which has no zone.
                if (value != DateTime.MaxValue && value != DateTime.MinValue)
                    throw ValueProblems.DateTimeKind(slot, value.Kind);
                encoder.PutValue(PostgresTime.Microseconds(slot, value));
                break;
            case SqlTypeKind.Date when value.TimeOfDay == TimeSpan.Zero:
                encoder.Date(slot, DateOnly.FromDateTime(value));
                break;
            default:
                throw ValueProblems.ValueKind("a date with a time", slot);
        }
    }

    internal static void Timestamp(this CopyEncoder encoder, in Slot slot, DateTimeOffset value)
    {
        switch (slot.Kind)
        {
            case SqlTypeKind.TimestampTz:
                encoder.PutValue(PostgresTime.Microseconds(slot, value.UtcDateTime));
                break;
            case SqlTypeKind.TimeTz:
                // The zone is stored as seconds west of UTC.
                encoder.Put(12);
                encoder.Put(PostgresTime.Microseconds(slot, value.TimeOfDay.Ticks));
                encoder.Put(-value.TotalOffsetMinutes * 60);
                break;
            default:
                throw ValueProblems.ValueKind("a point in time", slot);
        }
    }

    internal static void Date(this CopyEncoder encoder, in Slot slot, DateOnly value)
    {
        if (slot.Kind is not SqlTypeKind.Date)
            throw ValueProblems.ValueKind("a date", slot);
        encoder.PutValue(PostgresTime.Days(value));
    }

    internal static void Time(this CopyEncoder encoder, in Slot slot, TimeOnly value)
    {
        if (slot.Kind is not SqlTypeKind.Time)
            throw ValueProblems.ValueKind("a time of day", slot);
        encoder.PutValue(PostgresTime.Microseconds(slot, value.Ticks));
    }

    internal static void Interval(this CopyEncoder encoder, in Slot slot, TimeSpan value)
    {
        switch (slot.Kind)
        {
            case SqlTypeKind.Interval:
                encoder.Put(16);
                encoder.Put(PostgresTime.Microseconds(slot, value.Ticks - (TimeSpan.TicksPerDay * value.Days)));
                encoder.Put(value.Days);
                encoder.Put(0);
                break;
            case SqlTypeKind.Time when value >= TimeSpan.Zero && value <= TimeSpan.FromDays(1):
                encoder.PutValue(PostgresTime.Microseconds(slot, value.Ticks));
                break;
            default:
                throw ValueProblems.ValueKind("a time span", slot);
        }
    }
}
