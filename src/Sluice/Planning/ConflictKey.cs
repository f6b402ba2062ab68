
namespace Sluice.Planning;

/// <summary>Finds the unique key that a caller means among those of the table, before a row is sent.</summary>
static class ConflictKey
{
    /// <exception cref="BulkPlanException">There is no such key; the message names those that there are.</exception>
    internal static UniqueKey Find(Table table, IReadOnlyList<Column>? columns, string? constraint, bool isPartial)
    {
        var key = Look(table, columns, constraint, isPartial);
        // The server takes every key on the columns, whether another one would do or not.
        if (table.UniqueKeys.FirstOrDefault(k => k.IsDeferrable && key.Columns.ToHashSet(StringComparer.Ordinal).SetEquals(k.Columns)) is { } deferrable)
            throw PlanProblems.DeferrableKey(table, deferrable);
        return key.Predicate is null || isPartial ? key : throw PlanProblems.PartialByName(table, key);
    }

    static UniqueKey Look(Table table, IReadOnlyList<Column>? columns, string? constraint, bool isPartial)
    {
        if (constraint is not null)
            return table.UniqueKeys.FirstOrDefault(k => k.Name == constraint && k.Columns.Count > 0)
                ?? throw PlanProblems.NoUniqueKey(table, $"named '{constraint}'");
        var wanted = (columns ?? table.PrimaryKey).Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        if (wanted.Count == 0)
            throw PlanProblems.NoPrimaryKey(table);
        var fits = table.UniqueKeys.Where(k => wanted.SetEquals(k.Columns)).ToList();
        return fits.Find(k => k.Predicate is not null == isPartial)
            ?? throw PlanProblems.NoUniqueKey(table,
                $"on ({string.Join(", ", wanted)})" + (isPartial ? " with a predicate" : fits.Count > 0 ? " without a predicate" : ""));
    }
}
