using Sluice.Sqlite.Schema;

namespace Sluice.Sqlite.Writing;

/// <summary>
/// What SQLite keeps of a decimal in a column with numeric affinity: 15 digits, as https://sqlite.org/datatype3.html says.
/// </summary>
static class DecimalRules
{
    static readonly decimal s_limit = 1_000_000_000_000_000m;

    /// <summary>Whether a decimal is a whole number of at most 64 bits.</summary>
    internal static bool IsInteger(decimal value) => value is >= long.MinValue and <= long.MaxValue && value == decimal.Truncate(value);

    /// <exception cref="Sluice.Rows.ValueException">The column would keep another number.</exception>
    internal static void Check(decimal value, bool wholeOnly)
    {
        if (wholeOnly && value != decimal.Truncate(value))
            throw ValueProblems.FractionInInteger();
        var digits = Math.Abs(value);
        while (digits < s_limit && digits != decimal.Truncate(digits))
            digits *= 10;
        if (digits >= s_limit)
            throw ValueProblems.DecimalDigits();
    }
}
