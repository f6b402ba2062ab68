using System.Globalization;
using Sluice.Rows;

namespace Sluice.Cli;

/// <summary>Holds values against the limits of their columns, and keeps none.</summary>
/// <remarks>What only the database can know — a key, a constraint, a trigger — is not checked.</remarks>
struct CheckSink(Column?[] columns) : IRowSink
{
    /// <summary>Rows that fit.</summary>
    internal int Rows { get; private set; }

    /// <summary>The field that is being written.</summary>
    internal int Field { get; private set; }

    readonly Column? Column => columns[Field];

    public void BeginRow() => Field = 0;

    public void EndRow() => Rows++;

    public readonly bool TrySkip() => false;

    public void WriteNull()
    {
        if (Column is { IsNullable: false, Generated: Generated.Never })
            throw new ValueException("there is no value, but the column is NOT NULL",
                "Supply a value, or leave the column out to use its default.");
        Field++;
    }

    public void Write(bool value) => Field++;

    public void Write(long value)
    {
        var fits = Column?.Type.Kind switch
        {
            SqlTypeKind.SmallInt => value is >= short.MinValue and <= short.MaxValue,
            SqlTypeKind.Integer => value is >= int.MinValue and <= int.MaxValue,
            SqlTypeKind.Numeric => Digits(value) <= (Column.Type.Precision - (Column.Type.Scale ?? 0) ?? int.MaxValue),
            _ => true,
        };
        if (!fits)
            throw TooBig();
        Field++;
    }

    public void Write(ulong value)
    {
        if (value <= long.MaxValue)
        {
            Write((long)value);
            return;
        }
        if (Column?.Type.Kind is SqlTypeKind.SmallInt or SqlTypeKind.Integer or SqlTypeKind.BigInt)
            throw TooBig();
        Field++;
    }

    public void Write(float value) => Field++;

    public void Write(double value) => Field++;

    public void Write(decimal value)
    {
        if (Column?.Type is { Kind: SqlTypeKind.Numeric, Precision: { } precision } type && Digits(decimal.Truncate(value)) > precision - (type.Scale ?? 0))
            throw TooBig();
        Field++;
    }

    public void Write(string value) => Write(value.AsSpan());

    public void Write(ReadOnlySpan<char> value)
    {
        if (value.Contains('\0'))
            throw new ValueException("the text holds a zero character, which databases do not store in text", "Remove it.");
        if (Column?.Type is { Length: { } length } && value.Length > length && CodePoints(value) is var points && points > length)
            throw new ValueException(
                string.Create(CultureInfo.InvariantCulture,
                    $"the text has {points} characters, but '{Column.Type}' holds {length}"), "Shorten it, or widen the column.");
        if (Column?.Type.Labels is { } labels && !IsLabel(labels, value))
            throw new ValueException($"the text is none of the labels of '{Column.Type}', which are {string.Join(", ", labels.Select(l => $"'{l}'"))}", "Correct the value, or add the label.") { SqlState = "22P02" };
        Field++;
    }

    static bool IsLabel(IReadOnlyList<string> labels, ReadOnlySpan<char> value)
    {
        foreach (var label in labels)
        {
            if (value.SequenceEqual(label))
                return true;
        }
        return false;
    }

    public void Write(Guid value) => Field++;

    public void Write(DateTime value) => Field++;

    public void Write(DateTimeOffset value) => Field++;

    public void Write(DateOnly value) => Field++;

    public void Write(TimeOnly value) => Field++;

    public void Write(TimeSpan value) => Field++;

    public void WriteBytes(ReadOnlySpan<byte> value) => Field++;

    public void WriteEnum<TEnum>(TEnum value)
        where TEnum : struct, Enum => Field++;

    public void WriteArray<TElement>(ReadOnlySpan<TElement> values) => Field++;

    public void WriteOther(object value) => Field++;

    readonly ValueException TooBig() =>
        new($"the number does not fit '{Column!.Type}'", "Correct it, or widen the column.") { SqlState = "22003" };

    static int CodePoints(ReadOnlySpan<char> value)
    {
        var count = 0;
        foreach (var _ in value.EnumerateRunes())
            count++;
        return count;
    }

    static int Digits(decimal whole)
    {
        var digits = 0;
        for (whole = Math.Abs(whole); whole >= 1; whole = decimal.Truncate(whole / 10))
            digits++;
        return digits;
    }
}
