using Sluice.Planning;
using Sluice.Rows;
using Sluice.Writing;

namespace Sluice.Loading;

/// <summary>Finds rows of one call that have the same key, however far apart they stand.</summary>
/// <remarks>It remembers 16 bytes of every key and the row that had it. Rows with a null in the key equal others only where the key says so.</remarks>
sealed class DuplicateFilter<T>(BulkPlan plan, RowShape<T> shape, RowLocator<T> locate, Duplicates policy)
{
    readonly KeyEncoder _encoder = KeyOrder<T>.Encoder(plan, shape);
    readonly Dictionary<UInt128, long> _seen = [];
    UInt128?[] _identities = [];

    /// <summary>The filter that a plan needs, or null where the table itself tells duplicates.</summary>
    internal static DuplicateFilter<T>? For(BulkPlan plan, RowShape<T> shape, RowLocator<T> locate, Duplicates policy) =>
        plan.Write is null || plan.Key.Count == 0 || !plan.Key.All(k => plan.Columns.Any(c => c.Target.Name == k.Name)) ? null : new(plan, shape, locate, policy);

    /// <summary>Rows that were left out so far.</summary>
    internal long Dropped { get; private set; }

    /// <summary>Whether all rows must be at hand before one of them can be let through.</summary>
    internal bool NeedsAll => policy is Duplicates.KeepLast;

    /// <summary>Moves the rows that stay to the front.</summary>
    /// <param name="rows">The rows; those of one key in the order of the source.</param>
    /// <param name="places">How far each stands from <paramref name="firstOrdinal"/> in the source; null while they stand one after the other.</param>
    /// <param name="firstOrdinal">The first row's ordinal in the source.</param>
    /// <returns>How many stay.</returns>
    /// <exception cref="LoadFault">Two rows have one key, and that is an error.</exception>
    internal int Apply(Span<T> rows, ref int[]? places, long firstOrdinal) =>
        FindStaying(rows, places, firstOrdinal) is { } stays ? Compact(rows, stays, ref places) : rows.Length;

    /// <summary>Which rows stay, or null where all do.</summary>
    /// <inheritdoc cref="Apply"/>
    internal bool[]? FindStaying(ReadOnlySpan<T> rows, int[]? places, long firstOrdinal)
    {
        Identify(rows);
        var stays = new bool[rows.Length];
        var dropped = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            // The last one is met first from behind.
            var at = NeedsAll ? rows.Length - 1 - i : i;
            var ordinal = firstOrdinal + (places is null ? at : places[at]);
            stays[at] = _identities[at] is not { } key || _seen.TryAdd(key, ordinal);
            if (stays[at])
                continue;
            if (policy is Duplicates.Error)
                throw Throw.DuplicateKey(plan, _seen[_identities[at]!.Value], ordinal, locate(rows[at]));
            dropped++;
        }
        Dropped += dropped;
        return dropped == 0 ? null : stays;
    }

    void Identify(ReadOnlySpan<T> rows)
    {
        if (_identities.Length < rows.Length)
            _identities = new UInt128?[rows.Length];
        Array.Clear(_identities);
        _encoder.StartIdentities(_identities);
        try
        {
            shape.Write(rows, ref _encoder.Sink);
        }
        catch (ValueException)
        {
            // The writer will refuse that row with its number.
        }
    }

    static int Compact(Span<T> rows, bool[] stays, ref int[]? places)
    {
        places ??= [.. Enumerable.Range(0, rows.Length)];
        var kept = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            if (!stays[i])
                continue;
            rows[kept] = rows[i];
            places[kept++] = places[i];
        }
        return kept;
    }
}
