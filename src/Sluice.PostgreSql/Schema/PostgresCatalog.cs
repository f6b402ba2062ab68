using Npgsql;
using NpgsqlTypes;
using Sluice.Schema;

namespace Sluice.PostgreSql.Schema;

/// <summary>Reads tables' descriptions from the system catalogs: https://www.postgresql.org/docs/current/catalogs.html.</summary>
static class PostgresCatalog
{
    const string TableSql =
        """
        SELECT c.oid, n.nspname, c.relname,
               c.relkind IN ('v', 'm'), c.relkind = 'p',
               c.relkind = 'f' OR EXISTS (SELECT FROM pg_partition_tree(c.oid) p JOIN pg_class f ON f.oid = p.relid WHERE f.relkind = 'f'),
               row_security_active(c.oid), c.relpersistence = 'u',
               EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal)
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relname = $1
          AND CASE WHEN $2::text IS NULL THEN pg_table_is_visible(c.oid) ELSE n.nspname = $2 END
        """;

    const string ColumnsSql =
        """
        SELECT a.attname, a.attnotnull OR base.notnull, pg_get_expr(d.adbin, d.adrelid), a.attidentity::text, a.attgenerated::text,
               base.oid, CASE WHEN base.typmod >= 0 THEN base.typmod ELSE a.atttypmod END, t.typname, format_type(a.atttypid, a.atttypmod), t.typtype = 'e',
               (SELECT array_agg(e.enumlabel::text ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid IN (t.oid, el.oid)),
               COALESCE(el.oid, 0)::bigint, el.typname, COALESCE(el.typtype = 'e', false)
        FROM pg_attribute a
        LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        CROSS JOIN LATERAL (
            WITH RECURSIVE domain AS (
                SELECT y.oid, y.typbasetype, -1 AS typmod, y.typnotnull AS notnull, 1 AS depth FROM pg_type y WHERE y.oid = a.atttypid
                UNION ALL
                SELECT y.oid, y.typbasetype, greatest(domain.typmod, outer_type.typtypmod), y.typnotnull OR domain.notnull, domain.depth + 1
                FROM domain JOIN pg_type outer_type ON outer_type.oid = domain.oid JOIN pg_type y ON y.oid = domain.typbasetype)
            SELECT domain.oid, domain.typmod, domain.notnull FROM domain ORDER BY depth DESC LIMIT 1) base
        JOIN pg_type t ON t.oid = base.oid
        LEFT JOIN pg_type el ON el.oid = t.typelem AND t.typcategory = 'A' AND t.typlen = -1
        WHERE a.attrelid = $1 AND a.attnum > 0 AND NOT a.attisdropped
        ORDER BY a.attnum
        """;

    // The column for NULLS NOT DISTINCT came with version 15; through JSON its absence is no error.
    const string KeysSql =
        """
        SELECT c.relname, i.indisprimary, pg_get_expr(i.indpred, i.indrelid),
               COALESCE((to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, false),
               CASE WHEN 0 = ANY (i.indkey::int2[]) THEN '{}'::text[]
                    ELSE ARRAY(SELECT a.attname::text FROM unnest(i.indkey::int2[]) WITH ORDINALITY k(num, place)
                               JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.num WHERE k.place <= i.indnkeyatts ORDER BY k.place) END
        FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
        WHERE i.indrelid = $1 AND i.indisunique AND i.indisvalid
        ORDER BY i.indisprimary DESC, c.relname
        """;

    const string ForeignKeysSql =
        """
        SELECT k.conname, r.relname, n.nspname, pg_table_is_visible(r.oid),
               ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY x(num, place)
                     JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = x.num ORDER BY x.place),
               ARRAY(SELECT a.attname::text FROM unnest(k.confkey) WITH ORDINALITY x(num, place)
                     JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = x.num ORDER BY x.place)
        FROM pg_constraint k JOIN pg_class r ON r.oid = k.confrelid JOIN pg_namespace n ON n.oid = r.relnamespace
        WHERE k.conrelid = $1 AND k.contype = 'f'
        ORDER BY k.conname
        """;

    internal static async Task<Table?> FindAsync(NpgsqlConnection connection, string name, string? schema, CancellationToken cancellationToken)
    {
        if (name.Contains('\0', StringComparison.Ordinal) || schema?.Contains('\0', StringComparison.Ordinal) == true)
            return null;
        var found = await QueryAsync(
            connection,
            TableSql,
            row => (Oid: row.GetFieldValue<uint>(0), Schema: row.GetString(1), Name: row.GetString(2), Traits: Traits(row)),
            cancellationToken,
            new NpgsqlParameter { Value = name, NpgsqlDbType = NpgsqlDbType.Text },
            new NpgsqlParameter { Value = (object?)schema ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text }).ConfigureAwait(false);
        if (found.Count == 0)
            return null;

        var table = found[0];
        var columns = await QueryAsync(connection, ColumnsSql, Describe, cancellationToken, Oid(table.Oid)).ConfigureAwait(false);
        if (columns.Count == 0)
            return null;
        var keys = await QueryAsync(connection, KeysSql, Key, cancellationToken, Oid(table.Oid)).ConfigureAwait(false);
        var foreignKeys = await QueryAsync(connection, ForeignKeysSql, ForeignKey, cancellationToken, Oid(table.Oid)).ConfigureAwait(false);
        var primary = keys.Find(k => k.IsPrimary)?.Columns ?? [];
        return new Table(table.Name, schema is null ? null : table.Schema, columns, [.. primary.Select(k => columns.FindIndex(c => c.Name == k))])
        {
            UniqueKeys = keys,
            ForeignKeys = foreignKeys,
            Traits = table.Traits,
        };
    }

    internal static async Task<IReadOnlyList<string>> ListAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        await QueryAsync(
            connection,
            "SELECT c.relname FROM pg_class c WHERE c.relkind IN ('r', 'p', 'v', 'f') AND pg_table_is_visible(c.oid) "
            + "AND c.relnamespace <> 'pg_catalog'::regnamespace ORDER BY 1",
            row => row.GetString(0),
            cancellationToken).ConfigureAwait(false);

    static TableTraits Traits(NpgsqlDataReader row) =>
        (row.GetBoolean(3) ? TableTraits.View : TableTraits.None)
        | (row.GetBoolean(4) ? TableTraits.Partitioned : TableTraits.None)
        | (row.GetBoolean(5) ? TableTraits.Foreign : TableTraits.None)
        | (row.GetBoolean(6) ? TableTraits.RowSecurity : TableTraits.None)
        | (row.GetBoolean(7) ? TableTraits.Unlogged : TableTraits.None)
        | (row.GetBoolean(8) ? TableTraits.Triggers : TableTraits.None);

    static Column Describe(NpgsqlDataReader row)
    {
        var type = PostgresTypes.Describe(new PostgresTypes.CatalogType(
            row.GetFieldValue<uint>(5),
            row.GetInt32(6),
            row.GetString(7),
            row.GetString(8),
            row.GetBoolean(9),
            row.IsDBNull(10) ? null : row.GetFieldValue<string[]>(10),
            (uint)row.GetInt64(11),
            row.IsDBNull(12) ? null : row.GetString(12),
            row.GetBoolean(13)));
        return Column.For(new Column<object>(row.GetString(0), type)
        {
            IsNullable = !row.GetBoolean(1),
            Default = row.IsDBNull(2) ? null : row.GetString(2),
            Generated = (row.GetString(3), row.GetString(4)) switch
            {
                (_, not "") => Generated.Computed,
                ("a", _) => Generated.Always,
                ("d", _) => Generated.ByDefault,
                _ => Generated.Never,
            },
        });
    }

    static UniqueKey Key(NpgsqlDataReader row) => new(row.GetString(0), row.GetFieldValue<string[]>(4))
    {
        IsPrimary = row.GetBoolean(1),
        Predicate = row.IsDBNull(2) ? null : row.GetString(2),
        NullsNotDistinct = row.GetBoolean(3),
    };

    static ForeignKey ForeignKey(NpgsqlDataReader row) => new(
        row.GetFieldValue<string[]>(4),
        row.GetBoolean(3) ? row.GetString(1) : $"{row.GetString(2)}.{row.GetString(1)}",
        row.GetFieldValue<string[]>(5)) { Name = row.GetString(0) };

    static NpgsqlParameter Oid(uint oid) => new() { Value = oid, NpgsqlDbType = NpgsqlDbType.Oid };

    static async Task<List<TRow>> QueryAsync<TRow>(
        NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, TRow> read, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlCommand(sql, connection);
        await using var disposal = command.ConfigureAwait(false);
        command.Parameters.AddRange(parameters);
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var readerDisposal = reader.ConfigureAwait(false);
        var rows = new List<TRow>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            rows.Add(read(reader));
        return rows;
    }
}
