using Sluice.Planning;
using Sluice.Providers;
using Sluice.Rows;

namespace Sluice.Loading;

/// <summary>Finds rows of one call that have the same key, however far apart they stand.</summary>
/// <remarks>Rows with a null in the key equal others only where the key says so.</remarks>
sealed class DuplicateFilter<T>(BulkPlan plan, RowShape<T> shape, RowLocator<T> locate, Duplicates policy, KeyMemory? met = null)
{
    readonly KeyEncoder _encoder = new(KeyOrder<T>.Fields(plan, shape));
    readonly KeyIdentities _identities = new(plan.Write is { NullsEqual: true });
    readonly KeyMemory _met = met ?? new();

    /// <summary>The filter that a plan needs, or null where the table itself tells duplicates.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="shape">The rows.</param>
    /// <param name="locate">Where a row stands in the source.</param>
    /// <param name="policy">What becomes of duplicates.</param>
    /// <param name="met">Keys that earlier rows of the call had, or null.</param>
    /// <param name="isWhole">See <see cref="IsWhole"/>.</param>
    /// <param name="refused">See <see cref="Refused"/>.</param>
    internal static DuplicateFilter<T>? For(BulkPlan plan, RowShape<T> shape, RowLocator<T> locate, Duplicates policy,
        KeyMemory? met = null, bool isWhole = false, Action<LoadFault>? refused = null) =>
        Serves(plan) ? new(plan, shape, locate, policy, met) { IsWhole = isWhole, Refused = refused } : null;

    /// <summary>Whether a plan's rows are told apart before they are sent; otherwise the table itself tells duplicates.</summary>
    internal static bool Serves(BulkPlan plan) =>
        plan.Write is not (null or { Statement: { Inserts: true, CanUpdate: false, IgnoresConflicts: false } })
            && plan.Key.Count > 0 && plan.Key.All(k => plan.Columns.Any(c => c.Target.Name == k.Name));

    /// <summary>Told of every row that is refused, which ends the load where nobody is.</summary>
    internal Action<LoadFault>? Refused { get; init; }

    /// <summary>Rows that were left out so far.</summary>
    internal long Dropped { get; private set; }

    /// <summary>
    /// Whether the first rows that are looked at are all that there are, so that no key need be remembered for later ones.
    /// </summary>
    internal bool IsWhole { get; init; }

    /// <summary>Whether all rows must be at hand before one of them can be let through.</summary>
    internal bool NeedsAll { get; } = policy.NeedsAll;

    /// <summary>Moves the rows that stay to the front.</summary>
    /// <param name="rows">The rows; those of one key in the order of the source.</param>
    /// <param name="places">
    /// How far each stands from <paramref name="firstOrdinal"/> in the source; null while they stand one after the other.
    /// </param>
    /// <param name="firstOrdinal">The first row's ordinal in the source.</param>
    /// <returns>How many stay.</returns>
    /// <exception cref="LoadFault">Two rows have one key, and that is an error.</exception>
    /// <param name="identified">Whether <see cref="IdentitiesFor"/> has taken these rows.</param>
    internal int Apply(Span<T> rows, ref int[]? places, long firstOrdinal, bool identified = false) =>
        FindStaying(rows, places, firstOrdinal, identified) is { } stays ? Compact(rows, stays, ref places) : rows.Length;

    /// <summary>Which rows stay, or null where all do.</summary>
    /// <inheritdoc cref="Apply"/>
    internal bool[]? FindStaying(ReadOnlySpan<T> rows, int[]? places, long firstOrdinal, bool identified = false)
    {
        if (!identified)
        {
            _identities.Start(rows.Length);
            _encoder.TryEncode(shape, rows, _identities);
        }
        var identities = _identities.Of(rows.Length);
        if (IsWhole && Ascend(identities))
            return null;
        bool[]? stays = null;
        var dropped = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            // The last one is met first from behind.
            var at = NeedsAll ? rows.Length - 1 - i : i;
            var ordinal = firstOrdinal + (places is null ? at : places[at]);
            if (identities[at] is not { } key || _met.TryAdd(key, ordinal, out var first))
                continue;
            if (policy == Duplicates.Error)
            {
                var fault = LoadProblems.DuplicateKey(plan, first, ordinal, locate(rows[at]));
                (Refused ?? throw fault)(fault);
            }
            stays ??= All(rows.Length);
            stays[at] = false;
            dropped++;
        }
        Dropped += dropped;
        return stays;
    }

    static bool Ascend(ReadOnlySpan<UInt128?> keys)
    {
        for (var i = 0; i < keys.Length; i++)
        {
            if (keys[i] is not { } key || (i > 0 && key <= keys[i - 1]!.Value))
                return false;
        }
        return true;
    }

    static bool[] All(int rows)
    {
        var all = new bool[rows];
        Array.Fill(all, true);
        return all;
    }

    /// <summary>
    /// Takes the identities of rows from whoever looks at their keys anyway; null where identities are no order, such as those of decimals.
    /// </summary>
    internal KeyIdentities? IdentitiesFor(int rows)
    {
        if (_encoder.HasNumbers || plan.Key.Any(k => k.Type.Kind is SqlTypeKind.Numeric))
            return null;
        _identities.Start(rows);
        return _identities;
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
