using Sluice.Planning;

namespace Sluice.PostgreSql.Schema;

/// <summary>A number that changes whenever a table's columns, unique keys or triggers do, or another table takes its name.</summary>
/// <remarks>
/// It is made of the transactions that wrote the catalog's rows last (xmin): https://www.postgresql.org/docs/current/ddl-system-columns.html.
/// What only counts rows, as ANALYZE and VACUUM do, writes in place and is not seen. A first trigger changes the table's own row, further ones do not.
/// </remarks>
static class TableVersion
{
    const string Attributes = "(SELECT sum(hashtext(a.xmin::text)) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0) * 31";
    const string Indexes = "(SELECT coalesce(sum(hashtext(i.xmin::text)), 0) FROM pg_index i WHERE i.indrelid = c.oid AND i.indisunique) * 1031";
    const string Triggers = "CASE WHEN c.relhastriggers THEN (SELECT coalesce(sum(hashtext(g.xmin::text)), 0) FROM pg_trigger g WHERE g.tgrelid = c.oid) * 65537 ELSE 0 END";

    /// <summary>The number as an expression over a row c of pg_class.</summary>
    internal const string Expression = $"(hashtextextended(c.xmin::text, c.oid::bigint) # {Attributes} # {Indexes} # {Triggers})";

    /// <summary>Asks for the number, as text, by a name in quotes.</summary>
    internal const string Question = $"SELECT {Expression}::text FROM pg_class c WHERE c.oid = to_regclass($1)";

    /// <summary>A condition that lets a statement fail, before it has done anything, where the table is not as it was described.</summary>
    /// <remarks>
    /// By dividing by zero. The statement has its lock on the table already and nothing can change it any more, which a question that is asked
    /// before would not know.
    /// </remarks>
    internal static SqlBool? Guard(Table table) => table.Version is not { } version
        ? null
        : ProviderText.Of($"1 / (CASE WHEN (SELECT {Expression} FROM pg_class c WHERE c.oid = {Literal(PostgresNames.Quote(table.Name, table.Schema))}::regclass) = {version}::bigint THEN 1 ELSE 0 END) = 1").AsCondition();

    /// <summary>Whether two descriptions of a table mean the same to a load.</summary>
    internal static bool AreSame(Table one, Table other) =>
        one.Traits == other.Traits
        && one.Columns.Select(Fact).SequenceEqual(other.Columns.Select(Fact))
        && one.UniqueKeys.Select(Fact).Order(StringComparer.Ordinal).SequenceEqual(other.UniqueKeys.Select(Fact).Order(StringComparer.Ordinal))
        && one.ForeignKeys.Select(k => k.ReferencedTable).Order(StringComparer.Ordinal).SequenceEqual(other.ForeignKeys.Select(k => k.ReferencedTable).Order(StringComparer.Ordinal));

    static (string, string, bool, Generated, string?) Fact(Column column) => (column.Name, column.Type.ToString(), column.IsNullable, column.Generated, column.Default);

    static string Fact(UniqueKey key) => $"{key.IsPrimary} {key.IsDeferrable} {key.NullsNotDistinct} {key.Predicate} {string.Join('\0', key.Columns)}";

    static string Literal(string text) => "E'" + text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal) + "'";
}
