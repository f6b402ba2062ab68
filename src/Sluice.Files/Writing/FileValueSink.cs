using Sluice.Rows;

namespace Sluice.Files.Writing;

/// <summary>Writes the values of rows to a file, in the texts that <see cref="FileRows"/> reads back.</summary>
readonly struct FileValueSink(RecordEncoder encoder) : IRowSink
{
    const string Date = "yyyy-MM-dd";
    const string Clock = "HH:mm:ss.FFFFFFF";
    const string Timestamp = Date + "'T'" + Clock;

    public void BeginRow() => encoder.BeginRow();

    public void EndRow() => encoder.EndRow();

    public bool TrySkip() => false;

    public void WriteNull() => encoder.Null();

    public void Write(bool value) => encoder.Truth(value);

    public void Write(long value) => encoder.Number(value, default);

    public void Write(ulong value) => encoder.Number(value, default);

    public void Write(float value) => encoder.Number(value, "R", float.IsFinite(value));

    public void Write(double value) => encoder.Number(value, "R", double.IsFinite(value));

    public void Write(decimal value) => encoder.Number(value, default);

    public void Write(string value) => encoder.Text(value);

    public void Write(ReadOnlySpan<char> value) => encoder.Text(value);

    public void Write(Guid value) => encoder.Word(value, "D");

    public void Write(DateTime value)
    {
        if (value.Kind is DateTimeKind.Local)
            Write(new DateTimeOffset(value));
        else
            encoder.Word(value, value.Kind is DateTimeKind.Utc ? Timestamp + "'Z'" : Timestamp);
    }

    public void Write(DateTimeOffset value) => encoder.Word(value, value.Offset == TimeSpan.Zero ? Timestamp + "'Z'" : Timestamp + "zzz");

    public void Write(DateOnly value) => encoder.Word(value, Date);

    public void Write(TimeOnly value) => encoder.Word(value, Clock);

    public void Write(TimeSpan value)
    {
        if (encoder.Kind is SqlTypeKind.Time && value == TimeSpan.FromDays(1))
            encoder.Word("24:00:00"u8);
        else
            encoder.Word(value, "c");
    }

    public void WriteBytes(ReadOnlySpan<byte> value) => encoder.Bytes(value);

    public void WriteEnum<TEnum>(TEnum value)
        where TEnum : struct, Enum
    {
        if (encoder.Kind is SqlTypeKind.SmallInt or SqlTypeKind.Integer or SqlTypeKind.BigInt or SqlTypeKind.Numeric)
            encoder.Text(value.ToString("D"));
        else
            encoder.Text(value.ToString());
    }

    public void WriteArray<TElement>(ReadOnlySpan<TElement> values)
    {
        if (encoder.IsJson)
            encoder.Json(ArrayValues.Json(values));
        else
            encoder.Text(ArrayValues.Braces(values));
    }

    public void WriteOther(object value)
    {
        if (value is Array { Rank: 1 } list)
            WriteArray<object?>(list.Cast<object?>().ToArray());
        else if (value is Enum label && encoder.Kind is SqlTypeKind.SmallInt or SqlTypeKind.Integer or SqlTypeKind.BigInt or SqlTypeKind.Numeric)
            encoder.Text(label.ToString("D"));
        else
            encoder.Text(ArrayValues.TextOf(value));
    }
}
