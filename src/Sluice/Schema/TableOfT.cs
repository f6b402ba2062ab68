using Sluice.Rows;

namespace Sluice;

/// <summary>The table of a row type, with the typed code that writes and reads its rows.</summary>
/// <typeparam name="T">The row type.</typeparam>
/// <param name="name">The name, without quotes.</param>
/// <param name="schema">The schema, or null for the connection's default.</param>
/// <param name="columns">The columns, in the order of <paramref name="rows"/>' fields.</param>
/// <param name="primaryKey">The positions of the primary key's columns.</param>
/// <param name="rows">The typed row code.</param>
/// <param name="alias">Another name for the table in one statement, or null for its own.</param>
public class Table<T>(
    string name, string? schema, IReadOnlyList<Column> columns, IReadOnlyList<int> primaryKey, RowType<T> rows, string? alias = null)
    : Table(name, schema, columns, primaryKey, alias)
{
    /// <summary>How a row of <typeparamref name="T"/> becomes column values, and the way back.</summary>
    public RowType<T> Rows { get; } = rows;
}
