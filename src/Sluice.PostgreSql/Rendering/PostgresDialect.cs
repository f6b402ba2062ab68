using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Sluice.PostgreSql.Schema;
using Sluice.Rendering;

namespace Sluice.PostgreSql.Rendering;

/// <summary>PostgreSQL's way of writing statements, from version 12 to 18.</summary>
/// <param name="majorVersion">The server's version.</param>
/// <param name="cachedStatements">How many texts are kept.</param>
[Experimental(ExperimentalFor.Providers)]
public sealed class PostgresDialect(int majorVersion, int cachedStatements = 500)
    : SqlDialect($"PostgreSQL {majorVersion.ToString(CultureInfo.InvariantCulture)}", FeaturesOf(majorVersion), cachedStatements)
{
    static readonly ConcurrentDictionary<int, PostgresDialect> s_shared = [];

    /// <summary>The one dialect that connections of a version share where no engine keeps one for them.</summary>
    internal static PostgresDialect OfVersion(int majorVersion) =>
        s_shared.GetOrAdd(majorVersion, static version => new PostgresDialect(version));

    /// <inheritdoc/>
    public override void CheckTable(Table table) => PostgresNewTable.Check(table);

    static SqlFeatures FeaturesOf(int version) => new()
    {
        OnConflict = true,
        ConflictOnConstraint = true,
        Returning = true,
        ReturningOldNew = version >= 18,
        UpdateFrom = true,
        ReturningSeesJoined = true,
        DeleteUsing = true,
        DeletesJudgedAtEnd = true,
        WritingCtes = true,
        MaterializedHint = version >= 12,
        CycleAndSearch = version >= 14,
        DistinctOn = true,
        Lateral = true,
        RowLocks = true,
        RightAndFullJoin = true,
        DistinctFrom = true,
        Arrays = true,
        AnyAndAll = true,
        OrderedSetAggregates = true,
        GreatestAndLeast = true,
        CaseSensitiveLike = true,
        BackslashInPatterns = true,
        Merge = version >= 15,
        MergeReturning = version >= 17,
        Overriding = true,
        Filter = true,
        NullsFirstLast = true,
        WindowFrameExtras = true,
        AggregateOrderBy = true,
        AliasedColumns = true,
        BracketedQueries = true,
        DefaultValue = true,
        JsonArrows = true,
    };

    /// <inheritdoc/>
    protected override string Quote(string name)
    {
        var quoted = PostgresNames.Quote(name);
        return SqlKeywords.NeedQuotes(name) ? quoted : name;
    }

    /// <inheritdoc/>
    protected override string TypeName(SqlType type) => PostgresTypes.Declare(type);

    /// <inheritdoc/>
    protected override void Now(StringBuilder sql, SqlType? type) => sql.Append("now()");

    /// <inheritdoc/>
    protected override string StringAggregate => "string_agg";

    /// <inheritdoc/>
    protected override (string Before, string After) PathToken => ("encode(convert_to(coalesce(CAST(", " AS text), ''), 'UTF8'), 'hex')");

    /// <inheritdoc/>
    protected override string PositionFunction => "strpos";

    /// <inheritdoc/>
    protected override string Bytes(byte[] value) => $"'\\x{Convert.ToHexString(value)}'::bytea";

    /// <inheritdoc/>
    protected override object ListValue(object list) => list;

    /// <inheritdoc/>
    protected override string RelationOf(ListRelation lists)
    {
        ArgumentNullException.ThrowIfNull(lists);
        // Texts are sent as text, and compared as text is with a column whose type has rules of its own.
        var elements = lists.Lists.Select((list, i) => PostgresTypes.CastName(lists.Types[i]) is { } type ? $"{list}::{type}[]" : list);
        var (numbering, columns) = lists.Number is null ? ("", lists.Columns) : (" WITH ORDINALITY", [.. lists.Columns, lists.Number]);
        return $"unnest({string.Join(", ", elements)}){numbering} AS {lists.Alias}({string.Join(", ", columns)})";
    }

    /// <inheritdoc/>
    protected override string Among(string list, IReadOnlyList<string> forms) => $"= ANY ({list})";

    /// <inheritdoc/>
    protected override string ArrayOf(IReadOnlyList<string> items, SqlType element)
    {
        ArgumentNullException.ThrowIfNull(items);
        return $"ARRAY[{string.Join(", ", items)}]{(items.Count == 0 ? "::" + TypeName(SqlType.ArrayOf(element)) : "")}";
    }

    /// <inheritdoc/>
    protected override string LikeOperator(bool ignoresCase) => ignoresCase ? "ILIKE" : "LIKE";

    /// <inheritdoc/>
    protected override string Format(object value) => value switch
    {
        DateTimeOffset time => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss.ffffff+00", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        Guid id => id.ToString("D"),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
