using System.Globalization;

namespace Sluice.Rows;

/// <summary>
/// Text from a database, as a column of another type takes it: where one side has no type for a value, it is stored as its text.
/// </summary>
static class StoredText
{
    static readonly string[] s_timestamps = ["yyyy-MM-dd HH:mm:ss.FFFFFFF", "yyyy-MM-ddTHH:mm:ss.FFFFFFF", "yyyy-MM-dd HH:mm", "yyyy-MM-dd"];
    static readonly string[] s_moments = ["yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mmK"];
    static readonly string[] s_times = ["HH:mm:ss.FFFFFFF", "HH:mm"];

    /// <summary>Writes the value that the text is; the text itself where it is none, for the column to take or refuse.</summary>
    internal static void Write<TSink>(string text, SqlType source, SqlType column, ref TSink sink)
        where TSink : struct, IRowSink
    {
        var target = column.Kind;
        if (StoredValue.IsTime(target) && !SecondFraction.Fits(text, column.Precision))
            throw RowProblems.TimeDigits(column);
        if (source.Kind is SqlTypeKind.Array && target is not SqlTypeKind.Array)
            sink.Write(ArrayText.ToJson(text, source.Element!));
        else if (source.Kind is not SqlTypeKind.Array && target is SqlTypeKind.Array && text.StartsWith('['))
            sink.Write(ArrayText.FromJson(text));
        else if (IsEdge(text) || (!TryTime(text, target, ref sink) && !TryOther(text, target, ref sink)))
            sink.Write(text);
    }

    // To sinks .NET's extremes stand for infinity, so these days stay text.
    static bool IsEdge(string text) => text is "9999-12-31" || text.StartsWith("0001-01-01", StringComparison.Ordinal);

    static bool TryTime<TSink>(string text, SqlTypeKind target, ref TSink sink)
        where TSink : struct, IRowSink
    {
        switch (target)
        {
            case SqlTypeKind.TimestampTz when DateTimeOffset.TryParseExact(text, s_moments, CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal, out var value):
                sink.Write(value);
                return true;
            case SqlTypeKind.Timestamp when DateTime.TryParseExact(text, s_timestamps, CultureInfo.InvariantCulture, DateTimeStyles.None,
                out var value):
                sink.Write(value);
                return true;
            case SqlTypeKind.Date when DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None,
                out var value):
                sink.Write(value);
                return true;
            case SqlTypeKind.Time when TimeOnly.TryParseExact(text, s_times, CultureInfo.InvariantCulture, DateTimeStyles.None,
                out var value):
                sink.Write(value);
                return true;
            case SqlTypeKind.Time or SqlTypeKind.Interval when TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture,
                out var value):
                sink.Write(value);
                return true;
            default:
                return false;
        }
    }

    static bool TryOther<TSink>(string text, SqlTypeKind target, ref TSink sink)
        where TSink : struct, IRowSink
    {
        switch (target)
        {
            case SqlTypeKind.Uuid when Guid.TryParse(text, out var value):
                sink.Write(value);
                return true;
            case SqlTypeKind.Boolean when bool.TryParse(text, out var value):
                sink.Write(value);
                return true;
            case SqlTypeKind.SmallInt or SqlTypeKind.Integer or SqlTypeKind.BigInt when decimal.TryParse(text, NumberStyles.Float,
                CultureInfo.InvariantCulture, out var value):
                sink.Write(value);
                return true;
            case SqlTypeKind.Real or SqlTypeKind.Double when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture,
                out var value):
                sink.Write(value);
                return true;
            default:
                return false;
        }
    }
}
