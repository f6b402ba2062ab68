using System.Globalization;
using System.Text.Json;
using Npgsql;
using Sluice.PostgreSql.Pooling;

namespace Sluice.PostgreSql.Schema;

/// <summary>Makes tables' descriptions from what the system catalogs say.</summary>
static class PostgresCatalog
{
    internal static async Task<Table?> FindAsync(Lease lease, string name, string? schema, CancellationToken cancellationToken)
    {
        if (name.Contains('\0', StringComparison.Ordinal) || schema?.Contains('\0', StringComparison.Ordinal) == true)
            return null;
        if (PostgresNames.IsTooLong(name) || (schema is not null && PostgresNames.IsTooLong(schema)))
        {
            // It may be a schema and a table yet, which are looked for next.
            return schema is null && name.AsSpan().ContainsAny('.', '"')
                ? null
                : throw TableProblems.NameTooLong(PostgresNames.IsTooLong(name) ? name : schema!);
        }
        var rows = await CopyReader.ReadAsync(lease.Connection, CatalogQuery.Describe(name, schema),
            cancellationToken).ConfigureAwait(false);
        var columns = new List<Column>();
        var keys = new List<UniqueKey>();
        var references = new List<ForeignKey>();
        var checks = new List<CheckConstraint>();
        string?[]? table = null;
        foreach (var row in rows)
        {
            switch (row[0])
            {
                case "table": table = row; break;
                case "column": columns.Add(Describe(row)); break;
                case "key": keys.Add(Key(row)); break;
                case "backend": lease.Backend.Answered(int.Parse(row[2]!, CultureInfo.InvariantCulture), lease.Connection); break;
                case "check": checks.Add(new CheckConstraint(row[4]!) { Name = row[2] }); break;
                default: references.Add(new ForeignKey(Names(row[4]), row[3]!, Names(row[5])) { Name = row[2] }); break;
            }
        }
        if (table is null || columns.Count == 0)
            return null;

        var primary = keys.Find(k => k.IsPrimary)?.Columns ?? [];
        return new Table(table[3]!, schema is null ? null : table[2], columns,
            [.. primary.Select(k => columns.FindIndex(c => c.Name == k))])
        {
            UniqueKeys = keys,
            ForeignKeys = references,
            Checks = checks,
            Traits = Traits(table) | (table[11] is not { } spread ? TableTraits.None : await SpreadAsync(lease.Connection, spread, cancellationToken).ConfigureAwait(false)),
            Version = table[12],
        };
    }

    static async Task<TableTraits> SpreadAsync(NpgsqlConnection connection, string table, CancellationToken cancellationToken)
    {
        var rows = await CopyReader.ReadAsync(connection, CatalogQuery.Spread(uint.Parse(table, CultureInfo.InvariantCulture)),
            cancellationToken).ConfigureAwait(false);
        return rows[0] switch
        {
            [null, _, var hasOthers, ..] => Is(hasOthers) ? TableTraits.Undistributed : TableTraits.None,
            ["n", "t", ..] => TableTraits.Replicated,
            _ => TableTraits.Distributed,
        };
    }

    internal static async Task<IReadOnlyList<string>> ListAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        [.. (await CopyReader.ReadAsync(connection, CatalogQuery.List, cancellationToken).ConfigureAwait(false)).Select(row => row[0]!)];

    static TableTraits Traits(string?[] row) =>
        (Is(row[4]) ? TableTraits.View : TableTraits.None)
        | (Is(row[5]) ? TableTraits.Partitioned : TableTraits.None)
        | (Is(row[6]) ? TableTraits.Foreign : TableTraits.None)
        | (Is(row[7]) ? TableTraits.RowSecurity : TableTraits.None)
        | (int.Parse(row[8]!, CultureInfo.InvariantCulture) is var runs && (runs & 1) != 0 ? TableTraits.Triggers : TableTraits.None)
        | ((runs & 2) != 0 ? TableTraits.Suppressing : TableTraits.None)
        | ((runs & 4) != 0 ? TableTraits.Rewritten : TableTraits.None)
        | (Is(row[9]) ? TableTraits.NoStaging : TableTraits.None)
        | (Is(row[10]) ? TableTraits.LooseCollation : TableTraits.None);

    static Column Describe(string?[] row)
    {
        var element = row[13]?.Split(' ', 2);
        var type = PostgresTypes.Describe(new PostgresTypes.CatalogType(
            uint.Parse(row[7]!, CultureInfo.InvariantCulture),
            int.Parse(row[8]!, CultureInfo.InvariantCulture),
            row[9]!,
            row[10]!,
            row[11] is "enum",
            row[12] is null ? null : Names(row[12]),
            element is null ? 0 : uint.Parse(element[0], CultureInfo.InvariantCulture),
            element?[1],
            row[11] is "enums"));
        return Column.For(new Column<object>(row[2]!, type)
        {
            IsNullable = !Is(row[3]),
            Default = row[4],
            Generated = (row[5], row[6]) switch
            {
                (_, not "") => Generated.Computed,
                ("a", _) => Generated.Always,
                ("d", _) => Generated.ByDefault,
                _ => Generated.Never,
            },
        });
    }

    static UniqueKey Key(string?[] row) => new(row[2]!, Names(row[6]))
    {
        IsPrimary = Is(row[3]),
        Predicate = row[4],
        NullsNotDistinct = Is(row[5]),
        IsDeferrable = Is(row[7]),
    };

    static bool Is(string? text) => text is "true";

    static string[] Names(string? json)
    {
        using var document = JsonDocument.Parse(json ?? "[]");
        var names = new string[document.RootElement.GetArrayLength()];
        for (var i = 0; i < names.Length; i++)
            names[i] = document.RootElement[i].GetString()!;
        return names;
    }
}
