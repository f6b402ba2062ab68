using Sluice.Statements;

namespace Sluice;

/// <summary>What rows are read from: a table, a query, a CTE, arrays.</summary>
public abstract class SqlFrom
{
    private protected SqlFrom(FromId id) => Id = id;

    internal FromId Id { get; }

    internal abstract FromNode FromNode { get; }

    internal abstract IReadOnlyList<(string Name, SqlType? Type)> OutputColumns { get; }

    /// <summary>The column that bears the name of another one, as a CTE's does that was selected from a table.</summary>
    /// <exception cref="ArgumentException">There is no such column here.</exception>
    public SqlUntyped this[Column column]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(column);
            return this[column.Name];
        }
    }

    /// <summary>A column by its name.</summary>
    /// <exception cref="ArgumentException">There is no such column here.</exception>
    public SqlUntyped this[string name]
    {
        get
        {
            foreach (var (column, type) in OutputColumns)
            {
                if (string.Equals(column, name, StringComparison.Ordinal))
                    return new SqlUntyped(new ColumnNode(Id, column, type), type);
            }
            throw new ArgumentException(
                $"'{Id.Qualifier}' has no column '{name}'; it has {string.Join(", ", OutputColumns.Select(c => $"'{c.Name}'"))}.", nameof(name));
        }
    }

    /// <summary>A column by the name and the type of another one.</summary>
    public SqlExpr<T> Col<T>(Column<T> column) => this[(Column)column];
}
