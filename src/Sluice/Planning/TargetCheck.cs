using Sluice.Statements;

namespace Sluice;

/// <summary>What a caller says of an upsert or an update must not contradict itself, and nothing of it is dropped without a word.</summary>
static class TargetCheck
{
    internal static UpsertTarget Of(UpsertTarget target)
    {
        Once([.. target.Assignments ?? [], .. target.MoreAssignments]);
        if (target.Assignments.Concat(target.MoreAssignments).FirstOrDefault(s => target.OnInsert.Any(c => c.Name == s.Column)) is { } both)
            throw new ArgumentException($"Column '{both.Column}' is to be set, and by InsertOnly to be kept in rows that are there. Leave out one of the two.", nameof(target));
        if (target.LeavesExisting && (target.Assignments is not null || target.MoreAssignments.Count > 0))
            throw new ArgumentException($"Column '{target.Assignments.Concat(target.MoreAssignments).First().Column}' is to be set, but DoNothing leaves rows that are there as they are. Leave out one of the two.", nameof(target));
        if (target is { LeavesExisting: true, Condition: not null })
            throw new ArgumentException("Rows are to be changed under a condition, but DoNothing leaves rows that are there as they are. Leave out one of the two.", nameof(target));
        return target is { IsAnyKey: true } and ({ KeyColumns: not null } or { ConstraintName: not null } or { Predicate: not null })
            ? throw new ArgumentException("A key is named, but DoNothingOnAnyKey is about whichever key it is. Leave out one of the two.",
                nameof(target))
            : target;
    }

    internal static UpdateTarget Of(UpdateTarget target)
    {
        Once(target.Assignments ?? []);
        return target;
    }

    /// <summary>Of a delete, which sets nothing.</summary>
    internal static UpdateTarget ForDelete(UpdateTarget target) => target.Assignments is [var set, ..]
        ? throw new ArgumentException($"Column '{set.Column}' is to be set, but a delete sets nothing. Leave it out, or update the rows.",
            nameof(target))
        : target;

    internal static Column[] Key(Column[] columns, bool isFirst)
    {
        ArgumentNullException.ThrowIfNull(columns);
        return !isFirst ? throw KeyTwice(nameof(columns))
            : columns.Length == 0 ? throw new ArgumentException("The key names no column. Name those by which rows are found.",
                nameof(columns))
            : columns.DistinctBy(c => c.Name).Count() < columns.Length ? throw new ArgumentException("The key names a column twice. Name it once.", nameof(columns))
            : columns;
    }

    internal static Column[] Some(Column[] columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        return columns.Length > 0
            ? columns
            : throw new ArgumentException("Set names no column. Name those to set, or leave it out to set all that the rows bring.",
                nameof(columns));
    }

    internal static ArgumentException KeyTwice(string parameter) =>
        new("The key by which rows are found is said twice. Say it once, with all of its columns.", parameter);

    static void Once(IEnumerable<SetNode> set)
    {
        if (set.GroupBy(s => s.Column, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"Column '{twice.Key}' is set twice. Set it once.", nameof(set));
    }

    static IEnumerable<SetNode> Concat(this IReadOnlyList<SetNode>? set, IReadOnlyList<SetNode> more) => Enumerable.Concat(set ?? [], more);
}
