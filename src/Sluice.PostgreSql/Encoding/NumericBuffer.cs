using System.Globalization;

namespace Sluice.PostgreSql.Encoding;

/// <summary>Numeric values: decimals, or texts that the server casts where one of them is no decimal.</summary>
sealed class NumericBuffer(Column column, ValueCollector rules) : ValueBuffer<decimal>(column, rules)
{
    // An array's elements that are text are cast to the type of that name.
    static readonly SqlType s_text = new(SqlTypeKind.Text) { StoreName = "numeric", StoreId = 1700 };

    readonly Dictionary<int, string> _texts = [];

    internal override bool IsCast => _texts.Count > 0;

    internal override void Clear()
    {
        base.Clear();
        _texts.Clear();
    }

    internal override void Add(decimal value)
    {
        if (Slot.Precision == int.MaxValue)
            Put(value);
        else
            AddObject(value);
    }

    private protected override void AddConverted(object value)
    {
        if (value is string text)
        {
            _texts.Add(Count, text);
            value = 0m;
        }
        base.AddConverted(value);
    }

    // Behind eight bytes that say how many there are, two for every four digits before and after the point.
    internal override long Bytes
    {
        get
        {
            var bytes = (long)Count * LengthBytes;
            for (var row = 0; row < Count; row++)
            {
                if (_texts.TryGetValue(row, out var text))
                    bytes += text.Length;
                else if (!IsNull(row))
                    bytes += 8 + (2 * (GroupsOf(decimal.Truncate(ValueOf(row))) + ((ValueOf(row).Scale + 3) / 4)));
            }
            return bytes;
        }
    }

    static int GroupsOf(decimal whole)
    {
        var groups = 0;
        for (whole = Math.Abs(whole); whole >= 1; whole = decimal.Truncate(whole / 10_000))
            groups++;
        return groups;
    }

    internal override SqlArray Take(int count) =>
        _texts.Keys.Any(row => row < count) ? Texts([.. Enumerable.Range(0, count)]) : base.Take(count);

    internal override SqlArray Take(ReadOnlySpan<int> rows) => IsCast ? Texts(rows) : base.Take(rows);

    SqlArray Texts(ReadOnlySpan<int> rows)
    {
        var texts = new string?[rows.Length];
        for (var i = 0; i < texts.Length; i++)
            texts[i] = _texts.TryGetValue(rows[i],
                out var text) ? text : IsNull(rows[i]) ? null : ValueOf(rows[i]).ToString(CultureInfo.InvariantCulture);
        return SqlArray.Owning(Column.Name, s_text, texts);
    }
}
