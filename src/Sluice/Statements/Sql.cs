using Sluice.Statements;

namespace Sluice;

/// <summary>The words that statements begin with, and the functions in them. Meant for <c>using static Sluice.Sql;</c>.</summary>
public static partial class Sql
{
    /// <summary>Reads values.</summary>
    public static SqlSelect Select(params SqlExpr[] items) => new(new SelectNode(Build.Items(items)));

    /// <summary>Reads every column of a table, a CTE or a query, each by its name.</summary>
    public static SqlSelect Select(SqlFrom all, params SqlExpr[] more)
    {
        ArgumentNullException.ThrowIfNull(all);
        return new(new SelectNode(Build.AllOf(all).AddRange(Build.Items(more))));
    }

    /// <summary>Adds rows to a table.</summary>
    public static InsertStart InsertInto(Table table) => new(Target(table));

    /// <summary>Changes rows of a table.</summary>
    public static UpdateStart Update(Table table) => new(Target(table));

    /// <summary>Removes rows from a table.</summary>
    public static DeleteStart DeleteFrom(Table table) => new(new DeleteNode(Target(table), [], null));

    /// <summary>
    /// Inserts, updates and deletes by what a source has. Not safe against others that write the same keys; ON CONFLICT is.
    /// </summary>
    public static MergeStart MergeInto(Table table) => new(Target(table));

    static TableFrom Target(Table table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return (TableFrom)table.FromNode;
    }

    /// <summary>A query that uses its own result.</summary>
    /// <param name="name">The name.</param>
    /// <param name="columns">Columns by whose names and types the result is known; none for those of the first query.</param>
    public static RecursiveCteStart RecursiveCte(string name, params Column[] columns)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new(name, columns);
    }

    /// <summary>Rows of values as a FROM item.</summary>
    /// <param name="alias">Its name.</param>
    /// <param name="columns">The columns' names.</param>
    /// <param name="rows">As many values each as there are columns.</param>
    public static SqlFrom Values(string alias, IReadOnlyList<string> columns, params IReadOnlyList<SqlExpr>[] rows)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(rows);
        if (columns.Distinct(StringComparer.Ordinal).Count() != columns.Count)
            throw new ArgumentException($"VALUES '{alias}' has two columns of one name. Name each once.", nameof(columns));
        if (rows.Length == 0 || rows.Any(r => r.Count != columns.Count))
            throw new ArgumentException($"VALUES needs at least one row, and {columns.Count} values in each.", nameof(rows));
        return new SqlDerived(alias, new SqlValues(new ValuesNode(Seq.Of(rows.Select(r => new TupleNode(Build.Operands(r)))))),
            lateral: false, columns);
    }

    /// <summary>Arrays side by side as rows of a FROM item. One text serves arrays of all lengths.</summary>
    public static SqlUnnest Unnest(string alias, params SqlArray[] columns) => new(alias, columns, null);

    /// <summary>
    /// SQL text of your own: a statement, a condition or a value. Every hole becomes a parameter: <c>Text($"x = {value}")</c>.
    /// </summary>
    public static SqlText Text(SqlText.Interpolation text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new(text.Node);
    }

    /// <summary>SQL text of your own, taken as it is. Never build it from values.</summary>
    public static SqlText Raw(string text) => new(new TextNode([text], []));

    /// <summary>NULL, for columns that may have it.</summary>
    public static SqlUntyped Null { get; } = new(new LiteralNode(null, new SqlType(SqlTypeKind.Other)));

    /// <summary>The column's default, in VALUES and SET.</summary>
    public static SqlUntyped Default { get; } = new(new DefaultNode());

    /// <summary>A value as a parameter.</summary>
    public static SqlExpr<T> Param<T>(T value) => Build.Param(value);

    /// <summary>The value that a row of the source has for a column, in a statement that is run for many rows.</summary>
    public static SqlExpr<T> Row<T>(Column<T> column)
    {
        ArgumentNullException.ThrowIfNull(column);
        return new(new RowSlotNode(column.Name, column.Description.Type), column.Description.Type);
    }

    /// <summary>A value as a part of the text. For constants of the program, never for input.</summary>
    public static SqlExpr<T> Literal<T>(T value) => new(new LiteralNode(value, SqlType.For(typeof(T))), SqlType.For(typeof(T)));

    /// <summary>The value that an INSERT could not add because of a conflict.</summary>
    public static SqlExpr<T> Excluded<T>(Column<T> column)
    {
        ArgumentNullException.ThrowIfNull(column);
        return new(new NameNode("excluded", column.Name) { Type = column.Description.Type }, column.Description.Type);
    }

    /// <summary>In RETURNING, the value before the change.</summary>
    public static SqlExpr<T> Old<T>(Column<T> column)
    {
        ArgumentNullException.ThrowIfNull(column);
        return new(new NameNode("old", column.Name) { Type = column.Description.Type }, column.Description.Type);
    }

    /// <summary>In RETURNING, the value after the change.</summary>
    public static SqlExpr<T> New<T>(Column<T> column)
    {
        ArgumentNullException.ThrowIfNull(column);
        return new(new NameNode("new", column.Name) { Type = column.Description.Type }, column.Description.Type);
    }

    /// <summary>An output column by its name, in ORDER BY.</summary>
    public static SqlUntyped Output(string name) => new(new NameNode(null, name));

    /// <summary>Whether a query has a row.</summary>
    public static SqlBool Exists(SqlQuery query) => new(new ExistsNode(Build.Query(query)));

    /// <summary>Several values as one, to compare them together.</summary>
    public static SqlTuple Tuple(params SqlExpr[] items) => new(items);

    /// <summary>An array of values.</summary>
    public static SqlExpr<T[]> ArrayOf<T>(params SqlExpr<T>[] items) =>
        new(new ArrayNode(Build.Operands(items), SqlType.For(typeof(T))), SqlType.For(typeof(T[])));

    /// <summary>Chooses by conditions: CASE WHEN.</summary>
    public static SqlCase<T> When<T>(SqlBool condition, SqlExpr<T> result) =>
        new(null, [new WhenNode(Build.Operand(condition), Build.Operand(result))], result.Type);

    /// <inheritdoc cref="When{T}(SqlBool, SqlExpr{T})"/>
    public static SqlCase<bool> When(SqlBool condition, bool result) => When<bool>(condition, result);

    /// <inheritdoc cref="When{T}(SqlBool, SqlExpr{T})"/>
    public static SqlCase<int> When(SqlBool condition, int result) => When<int>(condition, result);

    /// <inheritdoc cref="When{T}(SqlBool, SqlExpr{T})"/>
    public static SqlCase<long> When(SqlBool condition, long result) => When<long>(condition, result);

    /// <inheritdoc cref="When{T}(SqlBool, SqlExpr{T})"/>
    public static SqlCase<double> When(SqlBool condition, double result) => When<double>(condition, result);

    /// <inheritdoc cref="When{T}(SqlBool, SqlExpr{T})"/>
    public static SqlCase<decimal> When(SqlBool condition, decimal result) => When<decimal>(condition, result);

    /// <inheritdoc cref="When{T}(SqlBool, SqlExpr{T})"/>
    public static SqlCase<string> When(SqlBool condition, string result) => When<string>(condition, result);

    /// <inheritdoc cref="When{T}(SqlBool, SqlExpr{T})"/>
    public static SqlCase<Guid> When(SqlBool condition, Guid result) => When<Guid>(condition, result);

    /// <inheritdoc cref="When{T}(SqlBool, SqlExpr{T})"/>
    public static SqlCase<DateTime> When(SqlBool condition, DateTime result) => When<DateTime>(condition, result);

    /// <inheritdoc cref="When{T}(SqlBool, SqlExpr{T})"/>
    public static SqlCase<DateTimeOffset> When(SqlBool condition, DateTimeOffset result) => When<DateTimeOffset>(condition, result);

    /// <inheritdoc cref="When{T}(SqlBool, SqlExpr{T})"/>
    public static SqlCase<DateOnly> When(SqlBool condition, DateOnly result) => When<DateOnly>(condition, result);

    /// <summary>Chooses by a value: CASE value WHEN.</summary>
    public static SqlCaseOf<TValue> Case<TValue>(SqlExpr<TValue> value) => new(value);
}

/// <summary>Rows of values.</summary>
sealed class SqlValues : SqlQuery
{
    internal SqlValues(ValuesNode node)
        : base(node)
    {
    }
}
