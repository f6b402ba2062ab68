using System.Text.Json;
using Sluice.Planning;
using static System.FormattableString;

namespace Sluice.PostgreSql.Schema;

/// <summary>
/// A table's version: a number that changes whenever its columns, unique keys or triggers do; and facts that are looked up for less.
/// </summary>
/// <remarks>
/// The number is made of the transactions that wrote the catalog's rows last (xmin):
/// https://www.postgresql.org/docs/current/ddl-system-columns.html. What only counts rows, as ANALYZE and VACUUM do, writes in place and
/// is not seen. A first trigger changes the table's own row, further ones do not.
/// <para>
/// The number costs a call of one row a quarter of its time. The facts cost nothing: where the table and its unique keys are stored, which
/// changes whenever values must be rewritten, another table takes the name, or a key goes; and the columns' types and the keys' columns by
/// their names, which may change without that. The digits of a numeric or a time are not among them, so that a table with such has none.
/// </para>
/// </remarks>
static class TableVersion
{
    const string Attributes = "(SELECT sum(hashtext(a.xmin::text)) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0) * 31";
    const string Indexes = "(SELECT coalesce(sum(hashtext(i.xmin::text)), 0) FROM pg_index i WHERE i.indrelid = c.oid AND i.indisunique) * 1031";
    const string Triggers = "CASE WHEN c.relhastriggers THEN (SELECT coalesce(sum(hashtext(g.xmin::text)), 0) FROM pg_trigger g WHERE g.tgrelid = c.oid) * 65537 ELSE 0 END";

    const string Number = $"(hashtextextended(c.xmin::text, c.oid::bigint) # {Attributes} # {Indexes} # {Triggers})";

    // A varchar and a char refuse what is too long for them; other modifiers
    // (https://www.postgresql.org/docs/current/catalog-pg-attribute.html)
    // let the server cut or round. What has no storage of its own, as a view or a table of partitions, has no facts.
    const string Facts = """
        CASE WHEN c.relkind = 'r' AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            AND a.atttypmod >= 0 AND a.atttypid NOT IN ('bpchar'::regtype, 'varchar'::regtype, 'bpchar[]'::regtype, 'varchar[]'::regtype))
        THEN ' ' || json_build_object(
            'table', (SELECT format('%I.%I', n.nspname, c.relname) FROM pg_namespace n WHERE n.oid = c.relnamespace),
            'file', pg_relation_filenode(c.oid)::bigint,
            'columns', (SELECT json_object_agg(quote_ident(a.attname), a.atttypid::bigint) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
            'keys', (SELECT json_agg(json_build_object('index', i.indexrelid::bigint, 'file', pg_relation_filenode(i.indexrelid)::bigint,
                'columns', (SELECT json_agg(pg_get_indexdef(i.indexrelid, place, true) ORDER BY place) FROM generate_series(1, i.indnkeyatts) place)))
                FROM pg_index i WHERE i.indrelid = c.oid AND i.indisunique)) ELSE '' END
        """;

    /// <summary>The version as an expression over a row c of pg_class.</summary>
    internal const string Expression = $"({Number}::text || {Facts})";

    /// <summary>Asks for the version's number, as text, by a name in quotes.</summary>
    internal const string Question = $"SELECT {Number}::text FROM pg_class c WHERE c.oid = to_regclass($1)";

    /// <summary>Asks whether rules rewrite the statements on a table, by its name in quotes.</summary>
    internal const string HasRules = "SELECT c.relhasrules FROM pg_class c WHERE c.oid = to_regclass($1)";

    /// <summary>Whether an answer is the number of a table's version.</summary>
    internal static bool IsOf(Table table, string? number) => number is not null && number == table.Version?.Split(' ', 2)[0];

    /// <summary>A condition that lets a statement fail, before it has done anything, where the table is not as it was described.</summary>
    /// <param name="table">The table.</param>
    /// <param name="mindsTriggers">
    /// Whether what is told of the statement's rows depends on triggers that the table may have got since.
    /// </param>
    /// <param name="mindsRules">Whether the statement does what was meant only where no rule rewrites it.</param>
    /// <remarks>
    /// By dividing by zero. The statement has its lock on the table already and nothing can change it any more, which a question that is
    /// asked before would not know.
    /// </remarks>
    internal static SqlBool? Guard(Table table, bool mindsTriggers, bool mindsRules)
    {
        if (table.Version?.Split(' ', 2) is not [var number, .. var facts])
            return null;
        var name = PostgresNames.Literal(PostgresNames.Quote(table.Name, table.Schema)) + "::regclass";
        var same = facts is [var known] && !mindsTriggers
            ? string.Join(" AND ", Conditions(known, name, mindsRules))
            : $"(SELECT {Number} FROM pg_class c WHERE c.oid = {name}) = {number}::bigint";
        return ProviderText.Of($"1 / (CASE WHEN {same} THEN 1 ELSE 0 END) = 1").AsCondition();
    }

    static IEnumerable<string> Conditions(string known, string name, bool mindsRules)
    {
        using var document = JsonDocument.Parse(known);
        var facts = document.RootElement;
        var file = facts.GetProperty("file").GetInt64();
        yield return mindsRules
            ? Invariant($"(SELECT c.relfilenode = {file} AND NOT c.relhasrules FROM pg_class c WHERE c.oid = {name})")
            : Invariant($"pg_relation_filenode({name}) = {file}");
        // A null of the table's row type: the planner makes a constant of it, whose type is that of the column.
        foreach (var column in facts.GetProperty("columns").EnumerateObject())
            yield return Invariant($"pg_typeof((NULL::{facts.GetProperty("table").GetString()}).{column.Name}) = {column.Value.GetInt64()}");
        if (facts.GetProperty("keys") is not { ValueKind: JsonValueKind.Array } keys)
            yield break;
        foreach (var key in keys.EnumerateArray())
        {
            var index = key.GetProperty("index").GetInt64();
            yield return Invariant($"pg_relation_filenode({index}) = {key.GetProperty("file").GetInt64()}");
            foreach (var (place, column) in key.GetProperty("columns").EnumerateArray().Index())
                yield return Invariant($"pg_get_indexdef({index}, {place + 1}, true) = {PostgresNames.Literal(column.GetString()!)}");
        }
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
}
