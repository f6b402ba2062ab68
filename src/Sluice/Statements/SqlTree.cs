using Sluice.Statements;

namespace Sluice;

/// <summary>
/// The rows of a tree as a FROM item, made by <c>Sql.Descendants</c> and <c>Sql.Ancestors</c>: a row for each node on the way from each
/// start.
/// </summary>
/// <remarks>
/// Each method gives a new one. It brings its WITH along, as a CTE does. Data with a circle in it ends where the circle closes: no node
/// comes twice from one start, and nothing runs without an end. Other columns of the table are had by a join: <c>.From(tree).Join(c, c.Id
/// == tree.Key)</c>.
/// </remarks>
/// <typeparam name="T">The .NET type of the keys.</typeparam>
public sealed class SqlTree<T> : SqlFrom
{
    readonly TreeWalk<T> _walk;
    readonly Cte _cte;

    internal SqlTree(TreeWalk<T> walk, Cte? cte = null, string? alias = null)
        : base(new FromId(null, walk.Name, alias))
    {
        _walk = walk;
        _cte = cte ?? walk.Build();
    }

    internal TreeWalk<T> Walk => _walk;

    internal override FromNode FromNode => new CteFrom(Id, _cte.Node);

    internal override IReadOnlyList<(string Name, SqlType? Type)> OutputColumns => _cte.OutputColumns;

    /// <summary>The node's key. Also found by the key column of the table: <c>tree[c.Id]</c>.</summary>
    public SqlExpr<T> Key => this[_walk.Key.Name];

    /// <summary>The key of the node's parent; null where it has none.</summary>
    public SqlExpr<T> Parent => this[_walk.Parent.Name];

    /// <summary>The key of the node that the walk started from.</summary>
    public SqlExpr<T> Root => this[_walk.RootName];

    /// <summary>How many steps the node is away from its start, which itself has 0.</summary>
    public SqlExpr<int> Depth => this[_walk.DepthName];

    /// <summary>The way between the start and the node, from above to below, as text.</summary>
    /// <exception cref="InvalidOperationException">No path was asked for by <see cref="WithPath"/>.</exception>
    public SqlExpr<string> Path => _walk.HasPath
        ? this[_walk.PathName]
        : throw new InvalidOperationException($"'{_walk.Name}' carries no path, which would cost as many characters a row as the node is deep. Ask for it: .WithPath().");

    /// <summary>Adds the column <see cref="Path"/>.</summary>
    /// <param name="of">
    /// What the path is made of, as <c>c.Name</c>: a value of the table. Null for the key. A null value in it becomes an empty text.
    /// </param>
    /// <param name="separator">What stands between two of them.</param>
    public SqlTree<T> WithPath(SqlExpr<string>? of = null, string separator = "/")
    {
        ArgumentNullException.ThrowIfNull(separator);
        return With(_walk with { HasPath = true, PathOf = of, Separator = separator });
    }

    /// <summary>Goes no further than so many steps from the start.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The depth is negative.</exception>
    public SqlTree<T> MaxDepth(int depth)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(depth);
        return With(_walk with { Limit = depth });
    }

    /// <summary>
    /// Goes only to nodes, and starts only from nodes, for whose row the condition holds; what lies behind others is not reached.
    /// </summary>
    public SqlTree<T> Where(SqlBool condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        return With(_walk with { Condition = _walk.Condition is null ? condition : _walk.Condition & condition });
    }

    /// <summary>Names the CTE, as a statement needs that has two different trees.</summary>
    public SqlTree<T> Named(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return With(_walk with { Name = name });
    }

    /// <summary>The same tree under another name, as a query needs that reads it twice.</summary>
    public SqlTree<T> As(string alias)
    {
        ArgumentException.ThrowIfNullOrEmpty(alias);
        return new(_walk, _cte, alias);
    }

    SqlTree<T> With(TreeWalk<T> walk) => new(walk, alias: Id.Alias);
}
