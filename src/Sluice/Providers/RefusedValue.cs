using System.Globalization;
using Sluice.Rows;

namespace Sluice.Providers;

/// <summary>Reads one value of one row as text, after a writer refused it, for callers who asked to see values.</summary>
struct RefusedValue(int wanted) : IRowSink
{
    int _field;

    internal string? Text { get; set; }

    internal static string? Of<T>(RowShape<T> shape, in T row, int field)
    {
        var sink = new RefusedValue(field);
        try
        {
            shape.Write(new ReadOnlySpan<T>(in row), ref sink);
        }
        catch (ValueException again)
        {
            return again.Value ?? sink.Text;
        }
        return sink.Text;
    }

    public void BeginRow() => _field = 0;

    public readonly void EndRow()
    {
    }

    public bool TrySkip()
    {
        if (_field == wanted)
            return false;
        _field++;
        return true;
    }

    public void WriteNull() => _field++;

    public void Write(bool value) => Take(value);

    public void Write(long value) => Take(value);

    public void Write(ulong value) => Take(value);

    public void Write(float value) => Take(value);

    public void Write(double value) => Take(value);

    public void Write(decimal value) => Take(value);

    public void Write(string value) => Take(value);

    public void Write(ReadOnlySpan<char> value) => Take(value.ToString());

    public void Write(Guid value) => Take(value);

    public void Write(DateTime value) => Take(value.ToString("O", CultureInfo.InvariantCulture));

    public void Write(DateTimeOffset value) => Take(value.ToString("O", CultureInfo.InvariantCulture));

    public void Write(DateOnly value) => Take(value.ToString("O", CultureInfo.InvariantCulture));

    public void Write(TimeOnly value) => Take(value.ToString("O", CultureInfo.InvariantCulture));

    public void Write(TimeSpan value) => Take(value);

    public void WriteBytes(ReadOnlySpan<byte> value) => Take(Convert.ToHexString(value[..Math.Min(value.Length, 32)]));

    public void WriteEnum<TEnum>(TEnum value)
        where TEnum : struct, Enum => Take(value);

    // An array is refused for one of its elements, which is not known here.
    public void WriteArray<TElement>(ReadOnlySpan<TElement> values) => _field++;

    public void WriteOther(object value) => Take(value);

    void Take(object value)
    {
        if (_field++ == wanted)
            Text = Convert.ToString(value, CultureInfo.InvariantCulture);
    }
}
