using Sluice.Loading;
using Sluice.Providers;
using Sluice.Reading.Hierarchies;

namespace Sluice;

/// <summary>Sorts, changes and removes rows that depend on each other.</summary>
public static class HierarchyVerbs
{
    static readonly StreamOptions s_edges = new() { YieldPer = 4_000 };

    /// <summary>Sorts keys by what they depend on: into levels, each of which depends on the levels before it alone.</summary>
    /// <remarks>
    /// The rows are streamed, and the keys are sorted in the client's memory, which holds each key once and eight bytes for each
    /// dependency. The time is that of one look at each dependency, however many ways lead from one key to another. A row whose
    /// <paramref name="to"/> is null is a key that depends on nothing, one whose <paramref name="from"/> is null a key that is only
    /// depended upon, one with neither says nothing. A dependency that occurs several times counts once. Texts are the same, and ordered,
    /// by their characters' codes, whatever the database's collation says.
    /// </remarks>
    /// <typeparam name="T">The type of the keys: a number, a text, a Guid, a time.</typeparam>
    /// <param name="database">The database.</param>
    /// <param name="edges">A table or a CTE with a row for each dependency.</param>
    /// <param name="from">The column with what depends.</param>
    /// <param name="to">The column with what it depends on.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>
    /// The levels, those that depend on nothing first; within a level the keys in their own order. Keys that occur only in
    /// <paramref name="to"/> are among them.
    /// </returns>
    /// <exception cref="CycleException">
    /// Keys depend on each other in a circle; <see cref="CycleException.Path"/> is one, and the same one every time.
    /// </exception>
    /// <exception cref="BulkPlanException">Keys of this type have no order; thrown before anything is sent.</exception>
    /// <exception cref="BulkException">The database refused the query, or the connection was lost.</exception>
    public static Task<IReadOnlyList<IReadOnlyList<T>>> TopologicalLevelsAsync<T>(
        this SessionSource database, SqlFrom edges, Column<T> from, Column<T> to, CancellationToken cancellationToken = default)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(edges);
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        return LevelsAsync<T>(database, Sql.Select(edges[from], edges[to]).From(edges), cancellationToken);
    }

    /// <param name="database">The database.</param>
    /// <param name="edges">A query that returns both columns by their names, as <c>Select(d).From(d).Where(d.Kind == "hard")</c>.</param>
    /// <param name="from">The column with what depends.</param>
    /// <param name="to">The column with what it depends on.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <inheritdoc cref="TopologicalLevelsAsync{T}(SessionSource, SqlFrom, Column{T}, Column{T}, CancellationToken)"/>
    public static Task<IReadOnlyList<IReadOnlyList<T>>> TopologicalLevelsAsync<T>(
        this SessionSource database, SqlQuery edges, Column<T> from, Column<T> to, CancellationToken cancellationToken = default)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(edges);
        return database.TopologicalLevelsAsync(edges.As("sluice_edges"), from, to, cancellationToken);
    }

    static async Task<IReadOnlyList<IReadOnlyList<T>>> LevelsAsync<T>(SessionSource database, SqlSelect edges,
        CancellationToken cancellationToken)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(database);
        if (!Topology<T>.HasOrder)
            throw HierarchyProblems.KeysWithoutOrder(typeof(T));
        var topology = new Topology<T>();
        var stream = RowStream<Edge<T>>.Of(database, edges, static () => new EdgeShape<T>(), s_edges, cancellationToken);
        await foreach (var edge in stream.ConfigureAwait(false))
            topology.Add(edge);
        return topology.Levels();
    }

    static readonly StreamOptions s_nodes = new() { YieldPer = 4_000 };

    /// <summary>Removes the rows of a tree, children before parents, so that no foreign key without a cascade stands in the way.</summary>
    /// <remarks>
    /// The keys are read first and kept in memory. The nodes of a circle are removed by one statement, which is what a foreign key allows;
    /// and so are the levels of a deep tree where the database looks at foreign keys when a statement has ended.
    /// </remarks>
    /// <typeparam name="T">The type of the keys.</typeparam>
    /// <param name="database">An engine, or a transaction, which is left open.</param>
    /// <param name="tree">What to remove: <c>Descendants(c, c.Id, c.ParentId, of: 7L)</c>, its start included.</param>
    /// <param name="options">Null for the defaults: one transaction, at most 5,000 rows a statement.</param>
    /// <param name="cancellationToken">Stops it. What <see cref="CommitPolicy.PerChunk"/> had committed stays.</param>
    /// <returns>How many rows were removed.</returns>
    /// <exception cref="BulkPlanException">The tree is not sound; thrown before anything is sent.</exception>
    /// <exception cref="BulkException">
    /// The database refused a statement: nothing was kept, but for <see cref="BulkException.RowsKept"/> with
    /// <see cref="CommitPolicy.PerChunk"/>.
    /// </exception>
    public static Task<long> DeleteTreeAsync<T>(this SessionSource database, SqlTree<T> tree, TreeOptions? options = null,
        CancellationToken cancellationToken = default)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(tree);
        return ChangeAsync(database, tree, keys => Sql.DeleteFrom(tree.Walk.Table).Where(tree.Walk.Key.In(keys)), order: null, options,
            cancellationToken);
    }

    /// <summary>
    /// Changes the rows of a tree, each after its parent or before it, so that a value can be made of the parent's or of the children's new
    /// ones.
    /// </summary>
    /// <param name="database">An engine, or a transaction, which is left open.</param>
    /// <param name="tree">Which rows to change.</param>
    /// <param name="update">
    /// An UPDATE of the tree's table. Its own condition stays, and the rows of one level at a time are added to it.
    /// </param>
    /// <param name="order">Parents first, or children first.</param>
    /// <param name="options">Null for the defaults: one transaction, at most 5,000 rows a statement.</param>
    /// <param name="cancellationToken">Stops it. What <see cref="CommitPolicy.PerChunk"/> had committed stays.</param>
    /// <returns>How many rows were changed.</returns>
    /// <inheritdoc cref="DeleteTreeAsync{T}(SessionSource, SqlTree{T}, TreeOptions?, CancellationToken)"/>
    public static Task<long> UpdateTreeAsync<T>(
        this SessionSource database, SqlTree<T> tree, SqlUpdate update, TreeOrder order, TreeOptions? options = null, CancellationToken cancellationToken = default)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(update);
        return ChangeAsync(database, tree, keys => update.Where(tree.Walk.Key.In(keys)), order, options, cancellationToken);
    }

    static async Task<long> ChangeAsync<T>(
        SessionSource database, SqlTree<T> tree, Func<T[], SqlStatement> change, TreeOrder? order, TreeOptions? options, CancellationToken cancellationToken)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(database);
        options ??= TreeOptions.Default;
        OptionCheck.RefuseCommit(options.Commit);
        // What is not sound is said before a transaction is begun.
        await CheckAsync(database, change([]), cancellationToken).ConfigureAwait(false);
        if (options.Commit != CommitPolicy.Atomic)
            return await InPiecesAsync(database, tree, change, order, options, cancellationToken).ConfigureAwait(false);
        await using var disposal = (await database.BeginWithinAsync(TransactionOptions.Default, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false, out var transaction);
        var changed = await InPiecesAsync(transaction, tree, change, order, options, cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return changed;
    }

    static async Task CheckAsync(SessionSource database, SqlStatement statement, CancellationToken cancellationToken)
    {
        await using var disposal = (await database.OpenSessionAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false,
            out var session);
        session.Dialect.Render(statement);
    }

    static async Task<long> InPiecesAsync<T>(
        SessionSource database, SqlTree<T> tree, Func<T[], SqlStatement> change, TreeOrder? order, TreeOptions options, CancellationToken cancellationToken)
        where T : notnull
    {
        var ranks = new TreeRanks<T>(tree.Walk.Down);
        var query = Sql.Select(tree.Key, tree.Parent, tree.Depth).From(tree);
        await foreach (var node in RowStream<TreeNode<T>>.Of(database, query, static () => new TreeNodeShape<T>(), s_nodes, cancellationToken).ConfigureAwait(false))
            ranks.Add(node);
        var changed = 0L;
        var pieces = order is null && database.Dialect.Features.DeletesJudgedAtEnd
            ? ranks.Upwards(options.ChunkRows)
            : ranks.Levels(order ?? TreeOrder.ChildrenFirst, options.ChunkRows);
        foreach (var keys in pieces)
        {
            try
            {
                changed += await database.ExecuteAsync(change(keys), cancellationToken).ConfigureAwait(false);
            }
            catch (BulkException failure) when (changed > 0 && options.Commit != CommitPolicy.Atomic && !database.IsTransaction)
            {
                throw HierarchyProblems.TreeStopped(changed, failure);
            }
        }
        return changed;
    }
}
