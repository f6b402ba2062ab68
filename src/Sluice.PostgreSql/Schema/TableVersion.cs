using Sluice.Planning;

namespace Sluice.PostgreSql.Schema;

/// <summary>
/// A table's version: a number that changes whenever its columns, unique keys or triggers do, and where the table and its unique keys are
/// stored.
/// </summary>
/// <remarks>
/// The number is made of the transactions that wrote the catalog's rows last (xmin):
/// https://www.postgresql.org/docs/current/ddl-system-columns.html.
/// What only counts rows, as ANALYZE and VACUUM do, writes in place and is not seen. A first trigger changes the table's own row, further
/// ones do not.
/// <para>
/// The number costs a call of one row a quarter of its time. Where a table is stored costs nothing to look up, and changes whenever a
/// column's values must be
/// rewritten, another table takes the name, or a unique key goes.
/// </para>
/// </remarks>
static class TableVersion
{
    const string Attributes = "(SELECT sum(hashtext(a.xmin::text)) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0) * 31";
    const string Indexes = "(SELECT coalesce(sum(hashtext(i.xmin::text)), 0) FROM pg_index i WHERE i.indrelid = c.oid AND i.indisunique) * 1031";
    const string Triggers = "CASE WHEN c.relhastriggers THEN (SELECT coalesce(sum(hashtext(g.xmin::text)), 0) FROM pg_trigger g WHERE g.tgrelid = c.oid) * 65537 ELSE 0 END";

    const string Number = $"(hashtextextended(c.xmin::text, c.oid::bigint) # {Attributes} # {Indexes} # {Triggers})";

    // Of the table and then of each unique key. What has no storage of its own, as a view or a table of partitions, has none to look at.
    const string Storage = "CASE WHEN c.relkind = 'r' THEN ' ' || pg_relation_filenode(c.oid) "
        + "|| coalesce((SELECT string_agg(format(' %s=%s', i.indexrelid::oid, pg_relation_filenode(i.indexrelid)), '') FROM pg_index i WHERE i.indrelid = c.oid AND i.indisunique), '') ELSE '' END";

    /// <summary>The version as an expression over a row c of pg_class.</summary>
    internal const string Expression = $"({Number}::text || {Storage})";

    /// <summary>Asks for the version's number, as text, by a name in quotes.</summary>
    internal const string Question = $"SELECT {Number}::text FROM pg_class c WHERE c.oid = to_regclass($1)";

    /// <summary>Asks whether rules rewrite the statements on a table, by its name in quotes.</summary>
    internal const string HasRules = "SELECT c.relhasrules FROM pg_class c WHERE c.oid = to_regclass($1)";

    /// <summary>Whether an answer is the number of a table's version.</summary>
    internal static bool IsOf(Table table, string? number) => number is not null && number == table.Version?.Split(' ')[0];

    /// <summary>A condition that lets a statement fail, before it has done anything, where the table is not as it was described.</summary>
    /// <param name="table">The table.</param>
    /// <param name="mindsTriggers">
    /// Whether what is told of the statement's rows depends on triggers that the table may have got since.
    /// </param>
    /// <param name="mindsRules">Whether the statement does what was meant only where no rule rewrites it.</param>
    /// <remarks>
    /// By dividing by zero. The statement has its lock on the table already and nothing can change it any more, which a question that is
    /// asked
    /// before would not know.
    /// </remarks>
    internal static SqlBool? Guard(Table table, bool mindsTriggers, bool mindsRules)
    {
        if (table.Version?.Split(' ') is not [var number, .. var stored])
            return null;
        var name = Literal(PostgresNames.Quote(table.Name, table.Schema)) + "::regclass";
        var same = stored is [var itself, .. var keys] && !mindsTriggers
            ? string.Join(" AND ", keys.Select(k => k.Split('=')).Select(k => $"pg_relation_filenode({k[0]}) = {k[1]}").Prepend(Itself(itself)))
            : $"(SELECT {Number} FROM pg_class c WHERE c.oid = {name}) = {number}::bigint";
        return ProviderText.Of($"1 / (CASE WHEN {same} THEN 1 ELSE 0 END) = 1").AsCondition();

        string Itself(string stored) => mindsRules
            ? $"(SELECT c.relfilenode = {stored} AND NOT c.relhasrules FROM pg_class c WHERE c.oid = {name})"
            : $"pg_relation_filenode({name}) = {stored}";
    }

    /// <summary>Whether two descriptions of a table mean the same to a load.</summary>
    internal static bool AreSame(Table one, Table other) =>
        one.Traits == other.Traits
        && one.Columns.Select(Fact).SequenceEqual(other.Columns.Select(Fact))
        && one.UniqueKeys.Select(Fact).Order(StringComparer.Ordinal).SequenceEqual(other.UniqueKeys.Select(Fact).Order(StringComparer.Ordinal))
        && one.ForeignKeys.Select(k => k.ReferencedTable).Order(StringComparer.Ordinal).SequenceEqual(other.ForeignKeys.Select(k => k.ReferencedTable).Order(StringComparer.Ordinal));

    static (string, string, bool, Generated, string?) Fact(Column column) =>
        (column.Name, column.Type.ToString(), column.IsNullable, column.Generated, column.Default);

    static string Fact(UniqueKey key) =>
        $"{key.IsPrimary} {key.IsDeferrable} {key.NullsNotDistinct} {key.Predicate} {string.Join('\0', key.Columns)}";

    static string Literal(string text) =>
        "E'" + text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal) + "'";
}
