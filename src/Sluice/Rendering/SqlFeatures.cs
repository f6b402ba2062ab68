using System.Diagnostics.CodeAnalysis;

namespace Sluice.Rendering;

/// <summary>What one version of a database can do, as far as statements depend on it.</summary>
[Experimental(ExperimentalFor.Providers)]
public sealed record SqlFeatures
{
    /// <summary>ON CONFLICT ON CONSTRAINT; without it the constraint's columns are named.</summary>
    public bool ConflictOnConstraint { get; init; }

    /// <summary>Whether INSERT … SELECT … ON CONFLICT needs a WHERE so that ON is not taken for a join's.</summary>
    public bool ConflictNeedsWhere { get; init; }

    /// <summary>INSERT … ON CONFLICT.</summary>
    public bool OnConflict { get; init; }

    /// <summary>RETURNING.</summary>
    public bool Returning { get; init; }

    /// <summary>OLD and NEW in RETURNING.</summary>
    public bool ReturningOldNew { get; init; }

    /// <summary>
    /// Whether RETURNING knows the relations that an UPDATE joins, so that its columns are told apart by their tables.
    /// </summary>
    public bool ReturningSeesJoined { get; init; }

    /// <summary>UPDATE … FROM.</summary>
    public bool UpdateFrom { get; init; }

    /// <summary>DELETE … USING; without it an EXISTS asks the same.</summary>
    public bool DeleteUsing { get; init; }

    /// <summary>CTEs that change rows.</summary>
    public bool WritingCtes { get; init; }

    /// <summary>MATERIALIZED and NOT MATERIALIZED; without them the hint is left out.</summary>
    public bool MaterializedHint { get; init; }

    /// <summary>CYCLE and SEARCH; without them columns of the recursion's own do the same.</summary>
    public bool CycleAndSearch { get; init; }

    /// <summary>DISTINCT ON; without it a row number picks the rows.</summary>
    public bool DistinctOn { get; init; }

    /// <summary>LATERAL.</summary>
    public bool Lateral { get; init; }

    /// <summary>Row locks; without them the database locks as a whole, and they are left out.</summary>
    public bool RowLocks { get; init; }

    /// <summary>RIGHT and FULL JOIN.</summary>
    public bool RightAndFullJoin { get; init; }

    /// <summary>IS DISTINCT FROM; without it IS NOT says the same.</summary>
    public bool DistinctFrom { get; init; }

    /// <summary>Arrays as values; without them a list is sent as one value, which <see cref="SqlDialect.ListValue"/> makes.</summary>
    public bool Arrays { get; init; }

    /// <summary>ANY and ALL, over an array or a query.</summary>
    public bool AnyAndAll { get; init; }

    /// <summary>Aggregates over an order of their own, by WITHIN GROUP.</summary>
    public bool OrderedSetAggregates { get; init; }

    /// <summary>
    /// Functions for the greatest and the least of several values, which leave nulls out; without them a query does the same.
    /// </summary>
    public bool GreatestAndLeast { get; init; }

    /// <summary>
    /// What else a Guid may be stored as where the database has no type for it: expressions in which {0} is the text that is sent. A list
    /// of keys is looked for in all forms.
    /// </summary>
    public IReadOnlyList<string> GuidForms { get; init; } = [];

    /// <summary>
    /// Where exact numbers, points in time and spans of time are stored as texts: what the names of the functions and collations begin with
    /// that compare them and compute with them as what they are. Null where the database does so by itself.
    /// </summary>
    public string? TextValues { get; init; }

    /// <summary>
    /// LIKE that tells capitals from small letters, whatever its pattern; without it patterns are written as
    /// <see cref="SqlDialect.CaseSensitivePattern"/> has them, and must be known.
    /// </summary>
    public bool CaseSensitiveLike { get; init; }

    /// <summary>Whether a backslash in a pattern takes away the meaning of what follows it, without ESCAPE.</summary>
    public bool BackslashInPatterns { get; init; }

    /// <summary>MERGE.</summary>
    public bool Merge { get; init; }

    /// <summary>RETURNING of a MERGE.</summary>
    public bool MergeReturning { get; init; }

    /// <summary>OVERRIDING SYSTEM or USER VALUE.</summary>
    public bool Overriding { get; init; }

    /// <summary>FILTER of an aggregate.</summary>
    public bool Filter { get; init; }

    /// <summary>NULLS FIRST and NULLS LAST.</summary>
    public bool NullsFirstLast { get; init; }

    /// <summary>GROUPS and EXCLUDE in frames.</summary>
    public bool WindowFrameExtras { get; init; }

    /// <summary>ORDER BY in an aggregate.</summary>
    public bool AggregateOrderBy { get; init; }

    /// <summary>Column names after a FROM item's alias.</summary>
    public bool AliasedColumns { get; init; }

    /// <summary>Queries in brackets beside UNION; without them a query around the query does the work of the brackets.</summary>
    public bool BracketedQueries { get; init; }

    /// <summary>The limit of no row at all, where OFFSET needs a LIMIT before it; null where it stands alone.</summary>
    public string? LimitBeforeOffset { get; init; }

    /// <summary>DEFAULT in VALUES and SET.</summary>
    public bool DefaultValue { get; init; }

    /// <summary>The operators for members of JSON values.</summary>
    public bool JsonArrows { get; init; }

    /// <summary>
    /// Whether a DELETE is judged by its end: then a row and those that refer to it can go by one, whatever the foreign key says.
    /// </summary>
    public bool DeletesJudgedAtEnd { get; init; }
}
