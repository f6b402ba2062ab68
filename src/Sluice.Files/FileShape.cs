using System.Buffers;
using Sluice.Files.Values;
using Sluice.Files.Writing;
using Sluice.Rows;

namespace Sluice.Files;

/// <summary>Rows of texts, each parsed as the type of its target's column.</summary>
sealed class FileShape(IReadOnlyList<RowField> fields, FieldRule[] rules) : RowShape<FileRow>
{
    readonly SqlTypeKind[] _kinds = [.. rules.Select(r => r.Type.Kind)];
    readonly bool[] _keepsText = [.. rules.Select(r => r.KeepsText)];

    public override IReadOnlyList<RowField> Fields { get; } = fields;

    public override void Write<TSink>(ReadOnlySpan<FileRow> rows, ref TSink sink)
    {
        foreach (ref readonly var row in rows)
        {
            sink.BeginRow();
            for (var i = 0; i < _kinds.Length; i++)
            {
                if (sink.TrySkip())
                    continue;
                if (row.TryGetText(i, out var text) && (text.Length > 0 || !rules[i].EmptyIsNull))
                    Write(row.IsString(i) && _kinds[i] is SqlTypeKind.Json or SqlTypeKind.JsonB ? JsonText.OfString(text) : text, i,
                        ref sink);
                else
                    sink.WriteNull();
            }
            sink.EndRow();
        }
    }

    void Write<TSink>(ReadOnlySpan<char> text, int field, ref TSink sink)
        where TSink : struct, IRowSink
    {
        var fault = _kinds[field] switch
        {
            SqlTypeKind.SmallInt or SqlTypeKind.Integer or SqlTypeKind.BigInt => WriteWhole(text, _keepsText[field], ref sink),
            SqlTypeKind.Double => WriteDouble(text, _keepsText[field], ref sink),
            SqlTypeKind.Real => WriteSingle(text, _keepsText[field], ref sink),
            SqlTypeKind.Numeric => WriteNumeric(text, _keepsText[field], ref sink),
            SqlTypeKind.TimestampTz => WritePointInTime(text, rules[field].Type.Precision, ref sink),
            SqlTypeKind.Timestamp => WriteTimestamp(text, rules[field], ref sink),
            SqlTypeKind.Date => WriteDate(text, ref sink),
            SqlTypeKind.Time => WriteTime(text, rules[field].Type.Precision, ref sink),
            SqlTypeKind.TimeTz when !SecondFraction.Fits(text, rules[field].Type.Precision) => ValueFault.LosesFraction,
            SqlTypeKind.Boolean => WriteTruth(text, _keepsText[field], ref sink),
            SqlTypeKind.Uuid => WriteUuid(text, ref sink),
            SqlTypeKind.Bytes => WriteBytes(text, ref sink),
            SqlTypeKind.Interval => WriteInterval(text, rules[field].Type.Precision, ref sink),
            SqlTypeKind.Array when text is ['[', ..] => WriteText(ArrayText.FromJson(text.ToString()), ref sink),
            _ => WriteText(text, ref sink),
        };
        if (fault is not ValueFault.None && !_keepsText[field] && _kinds[field] is SqlTypeKind.Date or SqlTypeKind.Timestamp or SqlTypeKind.TimestampTz && text is "infinity" or "-infinity")
            fault = WriteText(text, ref sink);
        if (fault is not ValueFault.None)
            throw Refusal.Of(fault, text.ToString(), field, rules[field]);
    }

    static ValueFault WriteText<TSink>(ReadOnlySpan<char> text, ref TSink sink)
        where TSink : struct, IRowSink
    {
        sink.Write(text);
        return ValueFault.None;
    }

    static ValueFault WriteWhole<TSink>(ReadOnlySpan<char> text, bool keepsText, ref TSink sink)
        where TSink : struct, IRowSink
    {
        var fault = WholeNumber.Parse(text, keepsText, out var value);
        if (fault is ValueFault.None)
            sink.Write(value);
        return fault;
    }

    static ValueFault WriteDouble<TSink>(ReadOnlySpan<char> text, bool keepsText, ref TSink sink)
        where TSink : struct, IRowSink
    {
        var fault = FloatNumber.Parse(text, keepsText, out var value);
        if (fault is ValueFault.None)
            sink.Write(value);
        return fault;
    }

    static ValueFault WriteSingle<TSink>(ReadOnlySpan<char> text, bool keepsText, ref TSink sink)
        where TSink : struct, IRowSink
    {
        var fault = FloatNumber.ParseSingle(text, keepsText, out var value);
        if (fault is ValueFault.None)
            sink.Write(value);
        return fault;
    }

    static ValueFault WriteNumeric<TSink>(ReadOnlySpan<char> text, bool keepsText, ref TSink sink)
        where TSink : struct, IRowSink
    {
        var fault = ExactNumber.Parse(text, keepsText, out var value, out var isDecimal);
        if (fault is not ValueFault.None)
            return fault;
        // As a decimal a whole number would be written with a point where numbers are kept as text.
        if (!text.ContainsAny(".eE"))
            WriteWhole(text, ref sink);
        else if (isDecimal)
            sink.Write(value);
        else
            sink.Write(text);
        return ValueFault.None;
    }

    static void WriteWhole<TSink>(ReadOnlySpan<char> digits, ref TSink sink)
        where TSink : struct, IRowSink
    {
        if (WholeNumber.Parse(digits, keepsText: false, out var value) is ValueFault.None)
            sink.Write(value);
        else
            sink.Write(digits);
    }

    static ValueFault WritePointInTime<TSink>(ReadOnlySpan<char> text, int? precision, ref TSink sink)
        where TSink : struct, IRowSink
    {
        var fault = CalendarText.ParsePointInTime(text, out var value);
        if (fault is ValueFault.None && !SecondFraction.Fits(value.Ticks, precision))
            return ValueFault.LosesFraction;
        if (fault is ValueFault.None && value.UtcTicks == 0)
            sink.Write("0001-01-01 00:00:00+00:00");
        else if (fault is ValueFault.None)
            sink.Write(value);
        return fault;
    }

    static ValueFault WriteTimestamp<TSink>(ReadOnlySpan<char> text, FieldRule rule, ref TSink sink)
        where TSink : struct, IRowSink
    {
        var fault = CalendarText.ParseTimestamp(text, rule.KeepsText, out var value);
        if (fault is ValueFault.None && !SecondFraction.Fits(value.Ticks, rule.Type.Precision))
            return ValueFault.LosesFraction;
        if (fault is ValueFault.None && value.Ticks == 0)
            sink.Write("0001-01-01 00:00:00");
        else if (fault is ValueFault.None)
            sink.Write(value);
        return fault;
    }

    static ValueFault WriteDate<TSink>(ReadOnlySpan<char> text, ref TSink sink)
        where TSink : struct, IRowSink
    {
        var fault = CalendarText.ParseDate(text, out var value);
        // To sinks .NET's extremes stand for infinity, and these days for themselves only as text.
        if (fault is ValueFault.None && (value == DateOnly.MinValue || value == DateOnly.MaxValue))
            sink.Write(value == DateOnly.MinValue ? "0001-01-01" : "9999-12-31");
        else if (fault is ValueFault.None)
            sink.Write(value);
        return fault;
    }

    static ValueFault WriteTime<TSink>(ReadOnlySpan<char> text, int? precision, ref TSink sink)
        where TSink : struct, IRowSink
    {
        var fault = CalendarText.ParseTime(text, out var value);
        if (fault is ValueFault.None && !SecondFraction.Fits(value.Ticks, precision))
            return ValueFault.LosesFraction;
        // A day may end at 24:00, which is no time of day to .NET.
        if (fault is ValueFault.DateOutOfRange && text is "24:00:00" or "24:00")
        {
            sink.Write(TimeSpan.FromDays(1));
            return ValueFault.None;
        }
        if (fault is ValueFault.None)
            sink.Write(value);
        return fault;
    }

    // Days before a point are .NET's own form of a time span; any other is left to the database, also a number, which is days here and
    // seconds there.
    static ValueFault WriteInterval<TSink>(ReadOnlySpan<char> text, int? precision, ref TSink sink)
        where TSink : struct, IRowSink
    {
        if (!SecondFraction.Fits(text, precision))
            return ValueFault.LosesFraction;
        if (text.Contains(':') && TimeSpan.TryParseExact(text, "c", System.Globalization.CultureInfo.InvariantCulture, out var value))
            sink.Write(value);
        else
            sink.Write(text);
        return ValueFault.None;
    }

    static ValueFault WriteTruth<TSink>(ReadOnlySpan<char> text, bool keepsText, ref TSink sink)
        where TSink : struct, IRowSink
    {
        var fault = TruthText.Parse(text, keepsText, out var value);
        if (fault is ValueFault.None)
            sink.Write(value);
        return fault;
    }

    static ValueFault WriteUuid<TSink>(ReadOnlySpan<char> text, ref TSink sink)
        where TSink : struct, IRowSink
    {
        if (!Guid.TryParseExact(text, "D", out var value) && !Guid.TryParseExact(text, "N", out value) && !Guid.TryParseExact(text, "B", out value))
            return ValueFault.NotUuid;
        sink.Write(value);
        return ValueFault.None;
    }

    static ValueFault WriteBytes<TSink>(ReadOnlySpan<char> text, ref TSink sink)
        where TSink : struct, IRowSink
    {
        if (!text.StartsWith("\\x"))
            return ValueFault.NotBytes;
        var rented = ArrayPool<byte>.Shared.Rent(text.Length / 2);
        try
        {
            var isHex = text.Length % 2 == 0
                && Convert.FromHexString(text[2..], rented, out _, out var written) is OperationStatus.Done
                && written == (text.Length / 2) - 1;
            if (isHex)
                sink.WriteBytes(rented.AsSpan(0, (text.Length / 2) - 1));
            return isHex ? ValueFault.None : ValueFault.NotBytes;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}

/// <summary>A column of a file.</summary>
/// <param name="Header">The header or JSON key as the file has it; "column1" and so on where there is none.</param>
/// <param name="Name">The name of the table's column that it fills: the header without surrounding blanks, or what it is mapped to.</param>
/// <param name="Type">The type that was detected from the sample, or told.</param>
/// <param name="IsNullable">Whether the sample had rows without a value, or no rows.</param>
public sealed record FileColumn(string Header, string Name, SqlType Type, bool IsNullable);
