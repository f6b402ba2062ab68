namespace Sluice.PostgreSql.Encoding;

/// <summary>Values that are objects.</summary>
abstract class ReferenceBuffer<T>(Column column, ValueCollector rules) : ArrayBuffer(column, rules)
    where T : class
{
    T?[] _values = [];

    internal override bool IsNull(int row) => _values[row] is null;

    internal override void AddNull() => Put(null);

    internal override long Bytes
    {
        get
        {
            var bytes = (long)Count * LengthBytes;
            foreach (var value in _values.AsSpan(0, Count))
                bytes += value is null ? 0 : BytesOf(value);
            return bytes;
        }
    }

    private protected abstract int BytesOf(T value);

    private protected override void AddConverted(object value) => Put((T)value);

    internal override void Room(int count)
    {
        if (_values.Length < count)
            Array.Resize(ref _values, count);
    }

    private protected void Put(T? value) => _values[Count++] = value;

    internal override SqlArray Take(int count) => SqlArray.Owning(Column.Name, Column.Type, Lent(_values, count));

    internal override SqlArray Take(ReadOnlySpan<int> rows)
    {
        var taken = new T?[rows.Length];
        for (var i = 0; i < taken.Length; i++)
            taken[i] = _values[rows[i]];
        return SqlArray.Owning(Column.Name, Column.Type, taken);
    }
}

sealed class BytesBuffer(Column column, ValueCollector rules) : ReferenceBuffer<byte[]>(column, rules)
{
    private protected override int BytesOf(byte[] value) => value.Length;
}

sealed class TextBuffer(Column column, ValueCollector rules) : ReferenceBuffer<string>(column, rules)
{
    private protected override int BytesOf(string value) => System.Text.Encoding.UTF8.GetByteCount(value);

    // No longer than the column in its shorter count, and without what needs a closer look.
    internal override void Add(string value)
    {
        if (value.Length <= Slot.Length && !Slot.IsName && !value.Contains('\0', StringComparison.Ordinal) && !value.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
            Put(value);
        else
            AddObject(value);
    }
}
