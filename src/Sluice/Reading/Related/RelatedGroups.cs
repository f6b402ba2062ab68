using System.Runtime.InteropServices;

namespace Sluice.Reading.Related;

/// <summary>
/// Rows by the key that others have them by: each key once, a place for its rows, and for each of the others the place of its key.
/// </summary>
sealed class RelatedGroups<TChild, TKey>
    where TChild : class
    where TKey : notnull
{
    readonly RelatedQuery _query;
    readonly Dictionary<TKey, int> _places;
    readonly List<TKey> _keys = [];
    readonly int[] _placeOfParent;
    readonly List<TChild>?[] _lists;
    readonly TChild?[] _singles;
    TKey? _lastKey;
    int _lastPlace = -1;

    RelatedGroups(RelatedQuery query, int parents, Dictionary<TKey, int> places)
    {
        _query = query;
        _places = places;
        _placeOfParent = new int[parents];
        // Sized for the case that all keys differ, which is that of lists.
        _lists = query.IsMany ? new List<TChild>?[parents] : [];
        _singles = query.IsMany ? [] : new TChild?[parents];
    }

    internal static RelatedGroups<TChild, TKey> Of<TParent>(RelatedQuery query, ArraySegment<TParent> parents, RelationKeyGetter<TParent,
        TKey> keyOf)
    {
        var groups = new RelatedGroups<TChild, TKey>(query, parents.Count, new Dictionary<TKey, int>(query.IsMany ? parents.Count : 0));
        for (var i = 0; i < parents.Count; i++)
            groups._placeOfParent[i] = keyOf(parents[i], out var key) ? groups.PlaceOf(key) : -1;
        return groups;
    }

    int PlaceOf(TKey key)
    {
        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(_places, key, out var known);
        if (!known)
        {
            place = _keys.Count;
            _keys.Add(key);
        }
        return place;
    }

    internal ReadOnlySpan<TKey> Keys => CollectionsMarshal.AsSpan(_keys);

    /// <summary>Takes a related row to those of its key.</summary>
    /// <returns>False where nobody has the key.</returns>
    internal bool TryAdd(TKey key, TChild child)
    {
        // Rows of one key mostly come one after the other.
        if (_lastPlace < 0 || !EqualityComparer<TKey>.Default.Equals(key, _lastKey))
        {
            if (!_places.TryGetValue(key, out var place))
                return false;
            (_lastKey, _lastPlace) = (key, place);
        }
        if (_query.IsMany)
            (_lists[_lastPlace] ??= []).Add(child);
        else if (_singles[_lastPlace] is null)
            _singles[_lastPlace] = child;
        else
            throw RelationProblems.SeveralRelated(_query.Name);
        return true;
    }

    /// <summary>Gives every parent what was found, or an empty list, or null.</summary>
    internal void Attach<TParent>(ArraySegment<TParent> parents, RelationLink<TParent, TChild> link)
        where TParent : class
    {
        if (!_query.IsMany)
        {
            for (var i = 0; i < parents.Count; i++)
                link.Set!(parents[i], _placeOfParent[i] is >= 0 and var place ? _singles[place] : null);
            return;
        }
        var given = _keys.Count < parents.Count ? new bool[_keys.Count] : null;
        for (var i = 0; i < parents.Count; i++)
            link.Fill!(parents[i], ListFor(_placeOfParent[i], given));
    }

    // Two rows of one key have lists of their own, so that a change of one is none of the other.
    List<TChild> ListFor(int place, bool[]? given)
    {
        if (place < 0 || _lists[place] is not { } list)
            return [];
        if (given is null)
            return list;
        var isFirst = !given[place];
        given[place] = true;
        return isFirst ? list : [.. list];
    }
}
