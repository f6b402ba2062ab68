
namespace Sluice.PostgreSql.Encoding;

/// <summary>
/// The dates that .NET has no value for by which they can be told apart: its extremes stand for infinity, so the days themselves come as
/// text.
/// </summary>
static class EdgeText
{
    /// <summary>What the server counts for a text, where it is one of these.</summary>
    /// <param name="kind">Of the column.</param>
    /// <param name="text">The text.</param>
    /// <param name="count">Days for a date, else microseconds.</param>
    internal static bool TryRead(SqlTypeKind kind, ReadOnlySpan<char> text, out long count)
    {
        var isDate = kind is SqlTypeKind.Date;
        (var isKnown, count) = text switch
        {
            "infinity" => (true, isDate ? int.MaxValue : long.MaxValue),
            "-infinity" => (true, isDate ? int.MinValue : long.MinValue),
            "9999-12-31" when isDate => (true, PostgresTime.LastDay),
            "0001-01-01" when isDate => (true, PostgresTime.FirstDay),
            "0001-01-01 00:00:00" when kind is SqlTypeKind.Timestamp => (true, PostgresTime.FirstMicrosecond),
            "0001-01-01 00:00:00+00:00" when kind is SqlTypeKind.TimestampTz => (true, PostgresTime.FirstMicrosecond),
            _ => (false, 0L),
        };
        return isKnown;
    }
}
