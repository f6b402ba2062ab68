namespace Sluice.Files.Values;

/// <summary>The fractional digits of seconds: a file's are kept or refused, never cut.</summary>
static class SecondFraction
{
    /// <summary>The digits that every database keeps.</summary>
    internal const int Everywhere = 6;

    const int InTicks = 7;

    static readonly long[] s_powers = [10_000_000, 1_000_000, 100_000, 10_000, 1_000, 100, 10, 1];

    /// <summary>Whether a time has no more digits than its column; null means that the column has no limit.</summary>
    internal static bool Fits(long ticks, int? digits) => digits is not (>= 0 and < InTicks) || ticks % s_powers[digits.Value] == 0;

    /// <summary>The same for a text that only the database can read.</summary>
    internal static bool Fits(ReadOnlySpan<char> text, int? digits)
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
