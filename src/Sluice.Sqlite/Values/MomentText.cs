using System.Globalization;
using System.Text;

namespace Sluice.Sqlite.Values;

/// <summary>Points in time as the texts that they are stored as. A text without an offset is in UTC.</summary>
static class MomentText
{
    // Beyond every offset that there is, which are 14 hours at most.
    const long FarthestOffset = 15 * TimeSpan.TicksPerHour;

    /// <summary>The order of two points in time. What is none comes after all that are, by its bytes.</summary>
    internal static int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var (isLeft, isRight) = (TryRead(left, out var one), TryRead(right, out var other));
        if (isLeft && isRight)
            return one.CompareTo(other);
        return isLeft ? -1 : isRight ? 1 : left.SequenceCompareTo(right);
    }

    /// <summary>The ticks in UTC; the extremes for what is before and after all time.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> text, out long ticks)
    {
        if (TimestampText.TryRead(text, out var time, out var offset))
        {
            ticks = time.Ticks - (offset ?? TimeSpan.Zero).Ticks;
            return true;
        }
        return TryReadOther(text, out ticks);
    }

    static bool TryReadOther(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = text.SequenceEqual("infinity"u8) ? long.MaxValue : text.SequenceEqual("-infinity"u8) ? long.MinValue : 0;
        if (ticks != 0)
            return true;
        // Without a date the framework would take today's.
        if (text.Length is < 10 or > 64 || text[4] != '-')
            return false;
        Span<char> characters = stackalloc char[64];
        if (!Encoding.UTF8.TryGetChars(text, characters, out var length)
            || !DateTimeOffset.TryParse(characters[..length], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
        {
            return false;
        }
        ticks = moment.UtcTicks;
        return true;
    }

    /// <summary>
    /// What is between date and time, and the offset; texts that agree in both sort as the times do. UTC is the offset of a text without
    /// one.
    /// </summary>
    internal static int FormOf(ReadOnlySpan<byte> text, Span<byte> form)
    {
        form[0] = text.Length > 10 ? text[10] : (byte)' ';
        var offset = text.Length > 19 && text[^3] == ':' && text[^6] is (byte)'+' or (byte)'-' ? text[^6..] : default;
        if (offset.IsEmpty || offset.SequenceEqual("+00:00"u8))
            return 1;
        offset.CopyTo(form[1..]);
        return 7;
    }

    /// <summary>A text that is not after any text of the same time or a later one, whatever their offsets.</summary>
    internal static int Floor(long ticks, Span<byte> text) =>
        ticks < FarthestOffset || ticks > DateTime.MaxValue.Ticks
            ? 0
            : ValueText.Format(DateOnly.FromDateTime(new DateTime(ticks - FarthestOffset)), text);

    /// <summary>
    /// A text that is after every text of the same time or an earlier one, whatever their offsets; false where there is none.
    /// </summary>
    internal static bool TryCeiling(long ticks, Span<byte> text)
    {
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks - FarthestOffset - TimeSpan.TicksPerDay)
            return false;
        ValueText.Format(DateOnly.FromDateTime(new DateTime(ticks + FarthestOffset + TimeSpan.TicksPerDay)), text);
        return true;
    }
}
