
namespace Sluice.Rows;

sealed class ObjectArraySource(IReadOnlyList<string> columns, IEnumerable<object?[]> rows) : RowSource<object?[]>
{
    readonly IEnumerable<object?[]> _rows = rows;
    IEnumerator<object?[]>? _enumerator;

    public override string Name => "sequence of value lists";

    public override RowShape<object?[]> Bind(Table target) =>
        new ObjectShape([.. columns.Select(name => new RowField(name, typeof(object)))], target);

    public override ValueTask<int> ReadAsync(Memory<object?[]> block, CancellationToken cancellationToken)
    {
        _enumerator ??= _rows.GetEnumerator();
        var target = block.Span;
        var count = 0;
        try
        {
            while (count < target.Length && _enumerator.MoveNext())
                target[count++] = _enumerator.Current;
            return new(count);
        }
        finally
        {
            AtHand = count;
        }
    }

    public override ValueTask DisposeAsync()
    {
        _enumerator?.Dispose();
        return base.DisposeAsync();
    }
}
