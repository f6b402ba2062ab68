using Sluice.Providers;
using Sluice.Reading.Hierarchies;

namespace Sluice;

/// <summary>The verbs for rows that depend on each other.</summary>
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
}
