using System.Collections;
using System.Runtime.CompilerServices;

namespace Sluice;

/// <summary>A list that is equal to another one with equal items.</summary>
[CollectionBuilder(typeof(Seq), nameof(Seq.Create))]
readonly struct Seq<T>(T[]? items) : IEquatable<Seq<T>>, IReadOnlyList<T>
{
    T[] Items => items ?? [];

    public int Count => Items.Length;

    public T this[int index] => Items[index];

    public bool Equals(Seq<T> other) => Items.AsSpan().SequenceEqual(other.Items, EqualityComparer<T>.Default);

    public override bool Equals(object? obj) => obj is Seq<T> other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var item in Items)
            hash.Add(item);
        return hash.ToHashCode();
    }

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)Items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => Items.GetEnumerator();

    internal Seq<T> Add(T item) => new([.. Items, item]);

    internal Seq<T> AddRange(IEnumerable<T> more) => new([.. Items, .. more]);

    internal Seq<T> Map(Func<T, T> change)
    {
        T[]? changed = null;
        for (var i = 0; i < Items.Length; i++)
        {
            var item = change(Items[i]);
            if (!ReferenceEquals(item, Items[i]) && changed is null)
                changed = [.. Items];
            if (changed is not null)
                changed[i] = item;
        }
        return changed is null ? this : new(changed);
    }
}

static class Seq
{
    internal static Seq<T> Create<T>(ReadOnlySpan<T> items) => new(items.ToArray());

    internal static Seq<T> Of<T>(IEnumerable<T> items) => new([.. items]);
}
