using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Sluice.Rendering;
using Sluice.Sqlite.Schema;

namespace Sluice.Sqlite.Rendering;

/// <summary>SQLite's way of writing statements, from version 3.24.</summary>
/// <param name="version">The library's version.</param>
/// <param name="cachedStatements">How many texts are kept.</param>
[Experimental(ExperimentalFor.Providers)]
public sealed class SqliteDialect(Version version, int cachedStatements = 500)
    : SqlDialect($"SQLite {version}", FeaturesOf(version), cachedStatements)
{
    /// <summary>The dialect of the library that this process has loaded.</summary>
    internal static SqliteDialect OfLibrary { get; } = new(LibraryVersion());

    internal Version Version => version;

    /// <summary>The present time as a column of a type stores it.</summary>
    internal string NowFor(SqlType type)
    {
        var sql = new StringBuilder();
        Now(sql, type);
        return sql.ToString();
    }

    /// <inheritdoc/>
    public override void CheckTable(Table table) => SqliteNewTable.Check(table);

    static Version LibraryVersion()
    {
        SQLitePCL.Batteries_V2.Init();
        return Version.Parse(SQLitePCL.raw.sqlite3_libversion().utf8_to_string());
    }

    static SqlFeatures FeaturesOf(Version version) => new()
    {
        OnConflict = version >= new Version(3, 24),
        ConflictNeedsWhere = true,
        TextValues = SqliteNames.FunctionPrefix,
        Returning = version >= new Version(3, 35),
        UpdateFrom = version >= new Version(3, 33),
        MaterializedHint = version >= new Version(3, 35),
        LimitBeforeOffset = "-1",
        RightAndFullJoin = version >= new Version(3, 39),
        Filter = version >= new Version(3, 30),
        NullsFirstLast = version >= new Version(3, 30),
        WindowFrameExtras = version >= new Version(3, 28),
        AggregateOrderBy = version >= new Version(3, 44),
        JsonArrows = version >= new Version(3, 38),
        GuidForms = version >= new Version(3, 41) ? ["lower({0})", GuidBytes] : ["lower({0})"],
    };

    // As Guid.ToByteArray has them: the first three parts from their last byte to their first.
    const string GuidBytes =
        "unhex(substr({0}, 7, 2) || substr({0}, 5, 2) || substr({0}, 3, 2) || substr({0}, 1, 2) || substr({0}, 12, 2) || substr({0}, 10, 2) || substr({0}, 17, 2) || substr({0}, 15, 2) || substr({0}, 20), '-')";

    /// <inheritdoc/>
    protected override string Quote(string name)
    {
        var quoted = SqliteNames.Quote(name);
        return SqlKeywords.NeedQuotes(name) ? quoted : name;
    }

    /// <inheritdoc/>
    protected override string TypeName(SqlType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return type.Kind switch
        {
            SqlTypeKind.Boolean or SqlTypeKind.SmallInt or SqlTypeKind.Integer or SqlTypeKind.BigInt => "INTEGER",
            SqlTypeKind.Real or SqlTypeKind.Double => "REAL",
            SqlTypeKind.Numeric => "NUMERIC",
            SqlTypeKind.Bytes => "BLOB",
            _ => "TEXT",
        };
    }

    /// <inheritdoc/>
    protected override void Now(StringBuilder sql, SqlType? type)
    {
        ArgumentNullException.ThrowIfNull(sql);
        sql.Append("(strftime('%Y-%m-%d %H:%M:%f', 'now') || '+00:00')");
    }

    /// <inheritdoc/>
    protected override string StringAggregate => "group_concat";

    /// <inheritdoc/>
    protected override (string Before, string After) PathToken => ("hex(quote(", "))");

    /// <inheritdoc/>
    protected override string PositionFunction => "instr";

    /// <inheritdoc/>
    protected override string Bytes(byte[] value) => $"x'{Convert.ToHexString(value)}'";

    /// <inheritdoc/>
    protected override object ListValue(object list) => JsonText.Of((IEnumerable)list);

    /// <inheritdoc/>
    protected override string RelationOf(ListRelation lists) => ListText.Relation(lists);

    /// <inheritdoc/>
    protected override string Among(string list, IReadOnlyList<string> forms) => ListText.Among(list, forms);

    /// <inheritdoc/>
    protected override string LikeOperator(bool ignoresCase) => ignoresCase ? "LIKE" : "GLOB";

    /// <inheritdoc/>
    protected override string CaseSensitivePattern(string pattern, char? escape) => GlobPattern.Of(pattern, escape);

    internal string Text(object value) => Format(value);

    /// <inheritdoc/>
    protected override string Format(object value) => TextOf(value);

    internal static string TextOf(object value) => value switch
    {
        DateTimeOffset time => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time =>
            time.Ticks % TimeSpan.TicksPerSecond == 0
                ? time.ToString("HH:mm:ss", CultureInfo.InvariantCulture)
                : time.ToString("HH:mm:ss.fffffff", CultureInfo.InvariantCulture),
        TimeSpan time => time.ToString("c", CultureInfo.InvariantCulture),
        Guid id => id.ToString("D").ToUpperInvariant(),
        decimal number => number.ToString("0.0###########################", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
