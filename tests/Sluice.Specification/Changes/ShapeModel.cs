namespace Sluice.Specification.Changes;

/// <summary>A row of tables whose key, column types and storage are random.</summary>
[RowOf("shapes")]
public sealed partial record ShapeRow(int? A, string? B, DateOnly? C, int Version, decimal? Amount, string? Note);

/// <summary>How a table tells its rows.</summary>
public enum ShapeKey
{
    Primary,
    Unique,
    NullsNotDistinct,
    Partial,
}

/// <summary>What a verb does to rows that are there.</summary>
public enum ShapeVerb
{
    Insert,
    Upsert,
    UpsertNewer,
    UpsertNothing,
    Update,
    UpdateNullsEqual,
    Delete,
    DeleteNullsEqual,
    Sync,
}

/// <summary>A table in memory that does what each verb says it does, row by row.</summary>
public sealed class ShapeModel(ShapeKey kind, string[] key)
{
    public sealed class RefusedException(string code) : Exception(code);

    public List<ShapeRow> Rows { get; private set; } = [];

    public ShapeModel Copy() => new(kind, key) { Rows = [.. Rows] };

    public override string ToString() => string.Join('\n', Rows.Select(r => r.ToString()).Order(StringComparer.Ordinal));

    object?[] KeyOf(ShapeRow row) => [.. key.Select(name => name switch { "a" => (object?)row.A, "b" => row.B, _ => row.C })];

    /// <summary>Whether two rows have one key, as a comparison of columns sees it.</summary>
    public bool Same(ShapeRow left, ShapeRow right, bool nullsEqual) =>
        KeyOf(left).Zip(KeyOf(right)).All(pair => pair is (null, null) ? nullsEqual : Equals(pair.First, pair.Second));

    bool Conflict(ShapeRow left, ShapeRow right) =>
        Same(left, right, kind is ShapeKey.NullsNotDistinct) && (kind is not ShapeKey.Partial || (left.Version >= 0 && right.Version >= 0));

    static bool IsKeyed(ShapeVerb verb) => verb is ShapeVerb.Update or ShapeVerb.UpdateNullsEqual or ShapeVerb.Delete or ShapeVerb.DeleteNullsEqual;

    bool NullsEqual(ShapeVerb verb) => IsKeyed(verb) ? verb is ShapeVerb.UpdateNullsEqual or ShapeVerb.DeleteNullsEqual : kind is ShapeKey.NullsNotDistinct;

    /// <summary>Which rows a policy leaves in.</summary>
    bool[] Kept(ShapeRow[] rows, ShapeVerb verb, Duplicates policy)
    {
        var kept = new bool[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            var (before, after) = (rows[..i].Any(r => Same(r, rows[i], NullsEqual(verb))), rows[(i + 1)..].Any(r => Same(r, rows[i], NullsEqual(verb))));
            if (verb is not ShapeVerb.Insert && policy == Duplicates.Error && before)
                throw new RefusedException("SLU0205");
            kept[i] = verb is ShapeVerb.Insert || !(policy == Duplicates.KeepLast ? after : before);
        }
        return kept;
    }

    /// <summary>Applies rows, and tells of each what became of it; where no one row of the table is its own, the version is null.</summary>
    public ((RowAction Action, int? Version)[] Outcomes, long Removed) Apply(ShapeRow[] rows, bool[] lackNote, ShapeVerb verb, Duplicates policy)
    {
        var kept = Kept(rows, verb, policy);
        var outcomes = rows.Select((row, i) => kept[i] ? Apply(row, lackNote[i], verb) : (RowAction.Skipped, 0)).ToArray();
        long removed = 0;
        if (verb is ShapeVerb.Sync)
            removed = Rows.RemoveAll(there => there.Version == 1 && !rows.Where((_, i) => kept[i]).Any(row => Same(row, there, nullsEqual: true)));
        return (outcomes, removed);
    }

    (RowAction Action, int? Version) Apply(ShapeRow row, bool lacksNote, ShapeVerb verb) =>
        verb switch
        {
            ShapeVerb.Update or ShapeVerb.UpdateNullsEqual => Change(row, NullsEqual(verb), there => there with { Amount = row.Amount, Note = row.Note }, RowAction.Updated),
            ShapeVerb.Delete or ShapeVerb.DeleteNullsEqual => Change(row, NullsEqual(verb), _ => null, RowAction.Deleted),
            _ => Insert(row, lacksNote, verb),
        };

    (RowAction Action, int? Version) Change(ShapeRow row, bool nullsEqual, Func<ShapeRow, ShapeRow?> change, RowAction action)
    {
        var found = Rows.Where(there => Same(there, row, nullsEqual)).ToList();
        Rows = [.. Rows.Select(there => found.Contains(there) ? change(there) : there).OfType<ShapeRow>()];
        return found.Count == 0 ? (RowAction.Skipped, 0) : (action, found.Count == 1 ? found[0].Version : null);
    }

    (RowAction Action, int? Version) Insert(ShapeRow row, bool lacksNote, ShapeVerb verb)
    {
        var at = Rows.FindIndex(there => Conflict(there, row));
        if (at >= 0 && verb is ShapeVerb.Insert)
            throw new RefusedException("SLU0201");
        if (at < 0)
        {
            Rows.Add(lacksNote ? row with { Note = null } : row);
            return (RowAction.Inserted, row.Version);
        }
        if (verb is ShapeVerb.UpsertNothing || (verb is ShapeVerb.UpsertNewer && row.Version <= Rows[at].Version))
            return (RowAction.Unchanged, Rows[at].Version);
        Rows[at] = lacksNote ? row with { Note = Rows[at].Note } : row;
        return (RowAction.Updated, row.Version);
    }
}
