using System.Globalization;

namespace Sluice.PostgreSql.Schema;

/// <summary>The one query that describes a table: https://www.postgresql.org/docs/current/catalogs.html.</summary>
/// <remarks>
/// Every column of the answer is text, and the answer comes by COPY: the driver needs none of its type mapping for that, which in a new
/// process would take longer to compile than ten thousand rows take to load. COPY takes no parameters, so names go in as literals.
/// What few tables have, as domains and collations of their own, is looked up only for those: a join would read the whole catalog for each
/// column.
/// </remarks>
static class CatalogQuery
{
    // ROW, BEFORE and INSERT, of https://github.com/postgres/postgres/blob/master/src/include/catalog/pg_trigger.h.
    const int BeforeRowInserted = 1 | 2 | 4;

    // None, the database's own, C and POSIX, of https://github.com/postgres/postgres/blob/master/src/include/catalog/pg_collation.dat. Only
    // others are looked up.
    const string UsualCollations = "0, 100, 950, 951";

    internal static string Describe(string name, string? schema) =>
        $"""
        COPY (
        WITH t AS MATERIALIZED (
            SELECT c.oid, n.nspname, c.relname, c.relkind, c.relhasrules FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relname = {PostgresNames.Literal(name)}
              AND {(schema is null ? "pg_table_is_visible(c.oid)" : $"n.nspname = {PostgresNames.Literal(schema)}")})
        SELECT 'table' AS kind, 0 AS place, nspname::text, relname::text, (relkind IN ('v', 'm'))::text, (relkind = 'p')::text,
               (relkind = 'f' OR EXISTS (SELECT FROM pg_partition_tree(t.oid) p JOIN pg_class f ON f.oid = p.relid WHERE f.relkind = 'f'))::text,
               row_security_active(t.oid)::text,
               (coalesce(triggers.types, 0) | CASE WHEN relhasrules AND relkind <> 'v' THEN 4 ELSE 0 END)::text, (NOT has_database_privilege(current_database(), 'TEMP'))::text,
               EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = t.oid AND NOT a.attisdropped AND a.attcollation NOT IN ({UsualCollations})
                       AND (SELECT to_jsonb(o) ->> 'collisdeterministic' FROM pg_collation o WHERE o.oid = a.attcollation) = 'false')::text, (SELECT t.oid FROM pg_extension WHERE extname = 'citus')::text,
               (SELECT {TableVersion.Expression}::text FROM pg_class c WHERE c.oid = t.oid), NULL
        FROM t
        CROSS JOIN LATERAL (
            SELECT bit_or(CASE WHEN g.tgtype & {BeforeRowInserted} = {BeforeRowInserted} THEN 3 ELSE 1 END) AS types
            FROM (SELECT t.oid::oid UNION SELECT relid::oid FROM pg_partition_tree(t.oid)) part(relid) JOIN pg_trigger g ON g.tgrelid = part.relid
            WHERE NOT g.tgisinternal AND g.tgenabled <> 'D') triggers
        UNION ALL
        SELECT 'backend', 0, pg_backend_pid()::text, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
        UNION ALL
        SELECT 'column', a.attnum, a.attname::text, (a.attnotnull OR base.notnull)::text, pg_get_expr(d.adbin, d.adrelid), a.attidentity::text, a.attgenerated::text,
               base.oid::text, (CASE WHEN base.typmod >= 0 THEN base.typmod ELSE a.atttypmod END)::text, y.typname::text, format_type(a.atttypid, a.atttypmod),
               CASE WHEN y.typtype = 'e' THEN 'enum' WHEN el.typtype = 'e' THEN 'enums' END,
               (SELECT json_agg(e.enumlabel ORDER BY e.enumsortorder)::text FROM pg_enum e WHERE e.enumtypid IN (y.oid, el.oid)),
               el.oid || ' ' || el.typname
        FROM t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        CROSS JOIN LATERAL (
            SELECT b.oid, -1 AS typmod, false AS notnull FROM pg_type b WHERE b.oid = a.atttypid AND b.typtype <> 'd'
            UNION ALL
            (WITH RECURSIVE domain AS (
                SELECT b.oid, b.typbasetype, -1 AS typmod, b.typnotnull AS notnull, 1 AS depth FROM pg_type b WHERE b.oid = a.atttypid AND b.typtype = 'd'
                UNION ALL
                SELECT b.oid, b.typbasetype, greatest(domain.typmod, o.typtypmod), b.typnotnull OR domain.notnull, domain.depth + 1
                FROM domain JOIN pg_type o ON o.oid = domain.oid JOIN pg_type b ON b.oid = domain.typbasetype)
            SELECT domain.oid, domain.typmod, domain.notnull FROM domain ORDER BY depth DESC LIMIT 1)) base
        JOIN pg_type y ON y.oid = base.oid
        LEFT JOIN pg_type el ON el.oid = y.typelem AND y.typcategory = 'A' AND y.typlen = -1
        UNION ALL
        SELECT 'key', CASE WHEN i.indisprimary THEN 0 ELSE 1 END, c.relname::text, i.indisprimary::text, pg_get_expr(i.indpred, i.indrelid),
               to_jsonb(i) ->> 'indnullsnotdistinct',
               CASE WHEN 0 = ANY (i.indkey::int2[]) THEN '[]'
                    ELSE (SELECT json_agg(a.attname ORDER BY k.place)::text FROM unnest(i.indkey::int2[]) WITH ORDINALITY k(num, place)
                          JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.num WHERE k.place <= i.indnkeyatts) END,
               (NOT i.indimmediate)::text, NULL, NULL, NULL, NULL, NULL, NULL
        FROM t JOIN pg_index i ON i.indrelid = t.oid AND i.indisunique AND i.indisvalid JOIN pg_class c ON c.oid = i.indexrelid
        UNION ALL
        SELECT 'check', 0, k.conname::text, NULL, pg_get_expr(k.conbin, k.conrelid), NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
        FROM t JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype = 'c'
        UNION ALL
        SELECT 'reference', 0, k.conname::text, CASE WHEN pg_table_is_visible(r.oid) THEN r.relname ELSE n.nspname || '.' || r.relname END,
               (SELECT json_agg(a.attname ORDER BY x.place)::text FROM unnest(k.conkey) WITH ORDINALITY x(num, place)
                JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = x.num),
               (SELECT json_agg(a.attname ORDER BY x.place)::text FROM unnest(k.confkey) WITH ORDINALITY x(num, place)
                JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = x.num),
               NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
        FROM t JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype = 'f' JOIN pg_class r ON r.oid = k.confrelid JOIN pg_namespace n ON n.oid = r.relnamespace
        ORDER BY kind, place, 3
        ) TO STDOUT (FORMAT BINARY)
        """;

    /// <summary>
    /// How Citus keeps a table: https://docs.citusdata.com/en/stable/develop/api_metadata.html. Only its coordinator has the answer's
    /// tables.
    /// </summary>
    internal static string Spread(uint table) => string.Create(CultureInfo.InvariantCulture, $"""
        COPY (
        SELECT p.partmethod::text, p.repmodel::text, EXISTS (SELECT FROM pg_dist_node n WHERE n.noderole = 'primary' AND n.shouldhaveshards)::text
        FROM (SELECT {table}::oid AS oid) t LEFT JOIN pg_dist_partition p ON p.logicalrelid = t.oid
        ) TO STDOUT (FORMAT BINARY)
        """);

    /// <summary>Every table's name, with its schema where it is not found without; the server's own are left out.</summary>
    internal const string List =
        """
        COPY (SELECT CASE WHEN pg_table_is_visible(c.oid) THEN c.relname::text ELSE n.nspname || '.' || c.relname END
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
              WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
              ORDER BY pg_table_is_visible(c.oid) DESC, 1) TO STDOUT (FORMAT BINARY)
        """;
}
