using System.Globalization;

namespace Sluice.PostgreSql.Encoding;

/// <summary>Encodes rows in COPY's text format, where the server's own input functions read every value.</summary>
sealed class TextCopyEncoder : IDisposable
{
    static readonly Slot s_text = new(SqlType.Text);

    readonly Slot[] _slots;
    readonly CopyEncoder _check;
    char[] _text = new char[64 * 1024];
    int _field;
    bool _first;

    internal TextCopyEncoder(Slot[] slots)
    {
        _slots = slots;
        _check = new CopyEncoder(slots);
        Sink = new TextCopySink(this);
    }

    /// <summary>What rows are written to.</summary>
    internal TextCopySink Sink;

    /// <summary>The numbers that each row gets behind its own values, if any.</summary>
    internal RowNumbers? Numbers { get; init; }

    internal int Length { get; private set; }

    internal int Ended { get; private set; }

    internal int Field => _field - 1;

    internal ReadOnlyMemory<char> Written => _text.AsMemory(0, Length);

    internal void Clear() => Length = 0;

    internal void StartBlock() => Ended = 0;

    internal void BeginRow()
    {
        _field = 0;
        _first = true;
    }

    internal void EndRow()
    {
        Put('\n');
        Ended++;
    }

    internal bool TrySkip()
    {
        if (_slots[_field].IsWritten)
            return false;
        _field++;
        return true;
    }

    internal void Null()
    {
        if (TryNext(out _))
            Raw("\\N");
    }

    /// <summary>Moves to the next field, which is not to be written where its slot says so.</summary>
    internal bool TryNext(out Slot slot)
    {
        slot = _slots[_field++];
        if (!slot.IsWritten)
            return false;
        if (!_first)
            Put('\t');
        _first = false;
        return true;
    }

    /// <summary>
    /// Takes what is written as text into the binary form too, so that one set of rules says what fits: the server would round or cut.
    /// </summary>
    internal CopyEncoder Check
    {
        get
        {
            _check.Clear();
            return _check;
        }
    }

    /// <summary>Writes a value as its invariant text.</summary>
    internal void Value<T>(T value, ReadOnlySpan<char> format = default)
        where T : ISpanFormattable
    {
        Span<char> text = stackalloc char[64];
        value.TryFormat(text, out var length, format, CultureInfo.InvariantCulture);
        Raw(text[..length]);
    }

    internal void Text(in Slot slot, ReadOnlySpan<char> value)
    {
        // What only the server can read is held to what any text must be.
        Check.Text(Fit.ReadsText(slot.Kind) ? slot : s_text, value);
        foreach (var c in value)
        {
            switch (c)
            {
                case '\\': Raw(@"\\"); break;
                case '\n': Raw(@"\n"); break;
                case '\r': Raw(@"\r"); break;
                case '\t': Raw(@"\t"); break;
                default: Put(c); break;
            }
        }
    }

    // A backslash of bytea's hex form is itself escaped.
    internal void Bytes(ReadOnlySpan<byte> value) => Raw(@"\\x" + Convert.ToHexStringLower(value));

    internal void Timestamp(DateTime value)
    {
        if (value.Ticks == DateTime.MaxValue.Ticks)
            Raw("infinity");
        else if (value.Ticks == 0)
            Raw("-infinity");
        else
            Value(PostgresTime.Cut(value), "yyyy-MM-dd HH:mm:ss.ffffff");
    }

    internal void Date(DateOnly value)
    {
        if (value == DateOnly.MaxValue)
            Raw("infinity");
        else if (value == DateOnly.MinValue)
            Raw("-infinity");
        else
            Value(value, "yyyy-MM-dd");
    }

    // Days and the time of day apart, as the binary form has them.
    internal void Interval(TimeSpan value)
    {
        Value(value.Days);
        Raw(" days ");
        Value((value.Ticks - (TimeSpan.TicksPerDay * value.Days)) / TimeSpan.TicksPerMicrosecond);
        Raw(" microseconds");
    }

    internal void Raw(ReadOnlySpan<char> text)
    {
        Reserve(text.Length);
        text.CopyTo(_text.AsSpan(Length));
        Length += text.Length;
    }

    void Put(char c)
    {
        Reserve(1);
        _text[Length++] = c;
    }

    void Reserve(int characters)
    {
        if (Length + characters > _text.Length)
            Array.Resize(ref _text, Math.Max(_text.Length * 2, Length + characters));
    }

    public void Dispose() => _check.Dispose();
}
