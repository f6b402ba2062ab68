
namespace Sluice.Rows;

sealed class EnumerableSource<T>(IEnumerable<T> rows, Table<T> table) : TypedSource<T>(table)
{
    IEnumerator<T>? _enumerator;
    int _taken;

    public override string Name => $"sequence of {RowKind.NameOf(typeof(T))}";

    internal override int? CountInMemory => (rows as IList<T>)?.Count;

    internal override void Rewind()
    {
        _taken = 0;
        _enumerator?.Dispose();
        _enumerator = null;
    }

    public override ValueTask<int> ReadAsync(Memory<T> block, CancellationToken cancellationToken)
    {
        var target = block.Span;
        // An array or a list is copied as a block: no interface call a row.
        if (rows is T[] array)
            return new(Take(array, target));
        if (rows is List<T> list)
            return new(Take(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(list), target));

        _enumerator ??= rows.GetEnumerator();
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

    int Take(ReadOnlySpan<T> all, Span<T> target)
    {
        var count = Math.Min(target.Length, all.Length - _taken);
        all.Slice(_taken, count).CopyTo(target);
        _taken += count;
        return count;
    }

    public override ValueTask DisposeAsync()
    {
        _enumerator?.Dispose();
        return base.DisposeAsync();
    }
}
