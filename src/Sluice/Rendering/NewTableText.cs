using System.Diagnostics.CodeAnalysis;

namespace Sluice.Rendering;

/// <summary>The statements that create a table from its description.</summary>
[Experimental(ExperimentalFor.Providers)]
public abstract class NewTableText
{
    /// <summary>CREATE TABLE, and what creates its partial unique indexes.</summary>
    public IReadOnlyList<string> Create(Table table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var keys = table.UniqueKeys.Where(k => !k.IsPrimary && k.Columns.Count > 0).ToList();
        var lines = table.Columns.Select(c => $"{Quote(c.Name)} {Declare(table, c)}{(c.IsNullable ? "" : " NOT NULL")}{Value(table, c)}");
        if (table.PrimaryKey.Count > 0)
            lines = lines.Append($"PRIMARY KEY ({Names(table.PrimaryKey.Select(c => c.Name))})");
        lines = lines.Concat(keys.Where(k => k.Predicate is null).Select(k => $"CONSTRAINT {Quote(k.Name)} UNIQUE{Nulls(k)} ({Names(k.Columns)})"));
        lines = lines.Concat(table.Checks.Select(c => (c.Name is null ? "" : $"CONSTRAINT {Quote(c.Name)} ") + $"CHECK ({c.Condition})"));
        lines = lines.Concat(table.ForeignKeys.Select(k => $"FOREIGN KEY ({Names(k.Columns)}) REFERENCES {Quote(k.ReferencedTable)}{Referenced(k)}"));
        return
        [
            $"CREATE TABLE IF NOT EXISTS {Quote(table.Name, table.Schema)} (\n  {string.Join(",\n  ", lines)}\n)",
            .. keys.Where(k => k.Predicate is not null).Select(k => $"CREATE UNIQUE INDEX {IndexOn(table, k)} ({Names(k.Columns)}){Nulls(k)} WHERE {k.Predicate}"),
        ];
    }

    /// <summary>A name in quotes.</summary>
    protected abstract string Quote(string name);

    /// <summary>A column's type.</summary>
    protected abstract string Declare(Table table, Column column);

    /// <summary>Where a column's value comes from if no row brings it, with a blank before; or nothing.</summary>
    protected abstract string Value(Table table, Column column);

    /// <summary>Whether a key takes nulls as equal, with a blank before; or nothing.</summary>
    protected virtual string Nulls(UniqueKey key) => "";

    /// <summary>An index and the table that it is on: <c>name ON table</c>.</summary>
    protected abstract string IndexOn(Table table, UniqueKey key);

    /// <summary>A name in quotes, with its schema's before it.</summary>
    protected string Quote(string name, string? schema) => schema is null ? Quote(name) : $"{Quote(schema)}.{Quote(name)}";

    string Referenced(ForeignKey key) => key.ReferencedColumns.Count == 0 ? "" : $" ({Names(key.ReferencedColumns)})";

    string Names(IEnumerable<string> names) => string.Join(", ", names.Select(Quote));
}
