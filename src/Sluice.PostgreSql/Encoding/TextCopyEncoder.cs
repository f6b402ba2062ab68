using System.Globalization;

namespace Sluice.PostgreSql.Encoding;

/// <summary>Encodes rows in COPY's text format, where the server's own input functions read every value.</summary>
sealed class TextCopyEncoder
{
    readonly Slot[] _slots;
    char[] _text = new char[64 * 1024];
    int _field;
    bool _first;

    internal TextCopyEncoder(Slot[] slots)
    {
        _slots = slots;
        Sink = new TextCopySink(this);
    }

    /// <summary>What rows are written to.</summary>
    internal TextCopySink Sink;

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
        if (Next())
            Raw("\\N");
    }

    /// <summary>Writes a value as its invariant text.</summary>
    internal void Value<T>(T value, ReadOnlySpan<char> format = default)
        where T : ISpanFormattable
    {
        if (!Next())
            return;
        Span<char> text = stackalloc char[64];
        value.TryFormat(text, out var length, format, CultureInfo.InvariantCulture);
        Raw(text[..length]);
    }

    internal void Text(ReadOnlySpan<char> value)
    {
        if (!Next())
            return;
        foreach (var c in value)
        {
            switch (c)
            {
                case '\\': Raw(@"\\"); break;
                case '\n': Raw(@"\n"); break;
                case '\r': Raw(@"\r"); break;
                case '\t': Raw(@"\t"); break;
                case '\0': throw Throw.NulInText();
                default: Put(c); break;
            }
        }
    }

    // A backslash of bytea's hex form is itself escaped.
    internal void Bytes(ReadOnlySpan<byte> value)
    {
        if (Next())
            Raw(@"\\x" + Convert.ToHexStringLower(value));
    }

    bool Next()
    {
        if (!_slots[_field++].IsWritten)
            return false;
        if (!_first)
            Put('\t');
        _first = false;
        return true;
    }

    void Raw(ReadOnlySpan<char> text)
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
}
