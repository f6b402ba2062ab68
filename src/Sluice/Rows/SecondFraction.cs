using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace Sluice.Rows;

/// <summary>The fractional digits of seconds: those of files and databases are kept or refused, never cut.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[Experimental(ExperimentalFor.Providers)]
public static class SecondFraction
{
    /// <summary>The digits that every database keeps.</summary>
    public const int Everywhere = 6;

    const int InTicks = 7;

    static readonly long[] s_powers = [10_000_000, 1_000_000, 100_000, 10_000, 1_000, 100, 10, 1];

    /// <summary>Whether a time has no more digits than its column; null means that the column has no limit.</summary>
    public static bool Fits(long ticks, int? digits) => digits is not (>= 0 and < InTicks) || ticks % s_powers[digits.Value] == 0;

    /// <summary>
    /// How many of a database's smallest times a column's smallest one is: 1,000 for milliseconds where microseconds are kept.
    /// </summary>
    /// <param name="tickSize">The database's smallest time, in ticks.</param>
    /// <param name="digits">The column's digits; null means that the column has no limit.</param>
    public static long Unit(long tickSize, int? digits) =>
        digits is >= 0 and < InTicks && s_powers[digits.Value] > tickSize ? s_powers[digits.Value] / tickSize : 1;

    /// <summary>A time rounded to a multiple of a unit, as SQL rounds: half of it away from zero.</summary>
    public static long Round(long time, long unit) => unit <= 1 ? time : (time + (time >= 0 ? unit / 2 : -(unit / 2))) / unit * unit;

    /// <summary>The same for a text that only the database can read.</summary>
    public static bool Fits(ReadOnlySpan<char> text, int? digits)
    {
        var clock = digits is null ? -1 : text.LastIndexOf(':');
        var point = clock < 0 ? -1 : text[clock..].IndexOf('.');
        if (point < 0)
            return true;
        var fraction = text[(clock + point + 1)..];
        var end = fraction.IndexOfAnyExceptInRange('0', '9');
        return fraction[..(end < 0 ? fraction.Length : end)].TrimEnd('0').Length <= digits!.Value;
    }
}
