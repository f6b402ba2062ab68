using Sluice.Rows;
using Sluice.Schema;

namespace Sluice.PostgreSql.Writing;

/// <summary>Rows with a number behind their own fields.</summary>
sealed class NumberedShape<T>(RowShape<T> rows, Column column) : RowShape<T>
{
    long[] _numbers = [];
    int _next;

    public override IReadOnlyList<RowField> Fields { get; } = [.. rows.Fields, new RowField(column.Name, typeof(long)) { IsNullable = false }];

    /// <summary>Sets the numbers of the rows that are written next.</summary>
    internal void Start(long[] numbers)
    {
        _numbers = numbers;
        _next = 0;
    }

    public override void Write<TSink>(ReadOnlySpan<T> span, ref TSink sink)
    {
        var numbering = new NumberingSink<TSink>(sink, _numbers, _next);
        try
        {
            rows.Write(span, ref numbering);
        }
        finally
        {
            sink = numbering.Inner;
            _next += span.Length;
        }
    }
}

/// <summary>Adds a number to each row that passes through.</summary>
struct NumberingSink<TSink>(TSink inner, long[] numbers, int next) : IRowSink
    where TSink : struct, IRowSink
{
    TSink _inner = inner;
    int _next = next;

    internal readonly TSink Inner => _inner;

    public void BeginRow() => _inner.BeginRow();

    public void EndRow()
    {
        if (!_inner.TrySkip())
            _inner.Write(numbers[_next]);
        _next++;
        _inner.EndRow();
    }

    public bool TrySkip() => _inner.TrySkip();

    public void WriteNull() => _inner.WriteNull();

    public void Write(bool value) => _inner.Write(value);

    public void Write(long value) => _inner.Write(value);

    public void Write(ulong value) => _inner.Write(value);

    public void Write(float value) => _inner.Write(value);

    public void Write(double value) => _inner.Write(value);

    public void Write(decimal value) => _inner.Write(value);

    public void Write(string value) => _inner.Write(value);

    public void Write(ReadOnlySpan<char> value) => _inner.Write(value);

    public void Write(Guid value) => _inner.Write(value);

    public void Write(DateTime value) => _inner.Write(value);

    public void Write(DateTimeOffset value) => _inner.Write(value);

    public void Write(DateOnly value) => _inner.Write(value);

    public void Write(TimeOnly value) => _inner.Write(value);

    public void Write(TimeSpan value) => _inner.Write(value);

    public void WriteBytes(ReadOnlySpan<byte> value) => _inner.WriteBytes(value);

    public void WriteEnum<TEnum>(TEnum value)
        where TEnum : struct, Enum => _inner.WriteEnum(value);

    public void WriteArray<TElement>(ReadOnlySpan<TElement> values) => _inner.WriteArray(values);

    public void WriteOther(object value) => _inner.WriteOther(value);
}
