using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Sluice.Rows;

/// <summary>A value as a database gave it: numbers and times without boxing, everything else as what it is.</summary>
/// <remarks>A database's <see cref="IRowReader"/> gives it where it is asked for this type.</remarks>
[Experimental(ExperimentalFor.Providers)]
public readonly struct StoredValue
{
    // The value itself, or the mark of what the bits are; null for no value.
    readonly object? _held;
    readonly long _bits;

    StoredValue(object? held, long bits = 0)
    {
        _held = held;
        _bits = bits;
    }

    /// <summary>What it is.</summary>
    public StoredKind Kind => _held switch
    {
        null => StoredKind.Null,
        Mark mark => mark.Kind,
        string => StoredKind.Text,
        byte[] => StoredKind.Bytes,
        _ => StoredKind.Uuid,
    };

    /// <summary>A truth value.</summary>
    public static StoredValue From(bool value) => new(Mark.Boolean, value ? 1 : 0);

    /// <summary>A whole number.</summary>
    public static StoredValue From(long value) => new(Mark.Integer, value);

    /// <summary>A floating-point number of 32 bits.</summary>
    public static StoredValue From(float value) => new(Mark.Single, BitConverter.SingleToInt32Bits(value));

    /// <summary>A floating-point number of 64 bits.</summary>
    public static StoredValue From(double value) => new(Mark.Double, BitConverter.DoubleToInt64Bits(value));

    /// <summary>Text.</summary>
    public static StoredValue From(string value) => new(value ?? throw new ArgumentNullException(nameof(value)));

    /// <summary>Bytes, which become the value's own.</summary>
    public static StoredValue From(byte[] value) => new(value ?? throw new ArgumentNullException(nameof(value)));

    /// <summary>A unique identifier.</summary>
    public static StoredValue From(Guid value) => new(value);

    /// <summary>A date; the calendar's first and last one mean themselves. Infinity is the text "infinity" or "-infinity".</summary>
    public static StoredValue From(DateOnly value) => new(Mark.Date, value.DayNumber);

    /// <summary>A time of day, from 0:00 to 24:00.</summary>
    public static StoredValue From(TimeSpan value) => new(Mark.Time, value.Ticks);

    /// <summary>A date and time: a point in time where its kind is UTC. Infinity is the text "infinity" or "-infinity".</summary>
    public static StoredValue From(DateTime value) => new(value.Kind is DateTimeKind.Utc ? Mark.TimestampTz : Mark.Timestamp, value.Ticks);

    /// <summary>The value as an object of its usual .NET type; null where there is none.</summary>
    public object? ToObject() => Kind switch
    {
        StoredKind.Boolean => _bits != 0,
        StoredKind.Integer => _bits,
        StoredKind.Single => BitConverter.Int32BitsToSingle((int)_bits),
        StoredKind.Double => BitConverter.Int64BitsToDouble(_bits),
        StoredKind.Date => DateOnly.FromDayNumber((int)_bits),
        StoredKind.Time => new TimeSpan(_bits),
        StoredKind.Timestamp => new DateTime(_bits),
        StoredKind.TimestampTz => new DateTimeOffset(_bits, TimeSpan.Zero),
        _ => _held,
    };

    /// <summary>Writes the value as a column of a type takes it.</summary>
    /// <param name="source">The type of the column that it comes from.</param>
    /// <param name="target">The type of the column that it goes to.</param>
    /// <param name="sink">Takes it.</param>
    internal void Write<TSink>(SqlType source, SqlType target, ref TSink sink)
        where TSink : struct, IRowSink
    {
        switch (_held)
        {
            case null: sink.WriteNull(); break;
            // What the database declares no type for is written to a text column as what it looks like.
            case Mark { Kind: StoredKind.Integer or StoredKind.Double } when target.Kind is SqlTypeKind.Text
                && source.Kind is SqlTypeKind.Other:
                sink.Write(((IFormattable)ToObject()!).ToString(format: null, CultureInfo.InvariantCulture));
                break;
            case Mark { Kind: StoredKind.Time or StoredKind.Timestamp or StoredKind.TimestampTz } when !SecondFraction.Fits(_bits,
                target.Precision) && IsTime(target.Kind):
                throw RowProblems.TimeDigits(target);
            case Mark mark: WriteBits(mark.Kind, target.Kind, ref sink); break;
            case string text: StoredText.Write(text, source, target, ref sink); break;
            case byte[] bytes: sink.WriteBytes(bytes); break;
            default: sink.Write(Unsafe.Unbox<Guid>(_held)); break;
        }
    }

    internal static bool IsTime(SqlTypeKind kind) =>
        kind is SqlTypeKind.Time or SqlTypeKind.TimeTz or SqlTypeKind.Timestamp or SqlTypeKind.TimestampTz or SqlTypeKind.Interval;

    void WriteBits<TSink>(StoredKind kind, SqlTypeKind target, ref TSink sink)
        where TSink : struct, IRowSink
    {
        switch (kind)
        {
            // Where there is no type for truth, it is stored as a number.
            case StoredKind.Boolean:
            case StoredKind.Integer when target is SqlTypeKind.Boolean && _bits is 0 or 1: sink.Write(_bits != 0); break;
            case StoredKind.Integer: sink.Write(_bits); break;
            case StoredKind.Single: sink.Write(BitConverter.Int32BitsToSingle((int)_bits)); break;
            case StoredKind.Double: sink.Write(BitConverter.Int64BitsToDouble(_bits)); break;
            // To sinks the extremes stand for infinity, and these days for themselves only as text.
            case StoredKind.Date when DateOnly.FromDayNumber((int)_bits) is var day
                && (day == DateOnly.MinValue || day == DateOnly.MaxValue):
                sink.Write(day == DateOnly.MinValue ? "0001-01-01" : "9999-12-31");
                break;
            case StoredKind.Timestamp when _bits == 0: sink.Write("0001-01-01 00:00:00"); break;
            case StoredKind.TimestampTz when _bits == 0: sink.Write("0001-01-01 00:00:00+00:00"); break;
            case StoredKind.Date: sink.Write(DateOnly.FromDayNumber((int)_bits)); break;
            case StoredKind.Time when _bits < TimeSpan.TicksPerDay: sink.Write(new TimeOnly(_bits)); break;
            case StoredKind.Time: sink.Write(new TimeSpan(_bits)); break;
            case StoredKind.Timestamp: sink.Write(new DateTime(_bits)); break;
            // With its offset, so that it stays a point in time where only its text is stored.
            default: sink.Write(new DateTimeOffset(_bits, TimeSpan.Zero)); break;
        }
    }

    sealed class Mark(StoredKind kind)
    {
        internal static readonly Mark Boolean = new(StoredKind.Boolean);
        internal static readonly Mark Integer = new(StoredKind.Integer);
        internal static readonly Mark Single = new(StoredKind.Single);
        internal static readonly Mark Double = new(StoredKind.Double);
        internal static readonly Mark Date = new(StoredKind.Date);
        internal static readonly Mark Time = new(StoredKind.Time);
        internal static readonly Mark Timestamp = new(StoredKind.Timestamp);
        internal static readonly Mark TimestampTz = new(StoredKind.TimestampTz);

        internal StoredKind Kind { get; } = kind;
    }
}
