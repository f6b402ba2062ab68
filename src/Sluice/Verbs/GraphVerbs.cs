using System.Diagnostics.CodeAnalysis;
using Sluice.Loading;
using Sluice.Loading.Graphs;
using Sluice.Providers;

namespace Sluice;

/// <summary>The verb for objects that refer to each other.</summary>
public static class GraphVerbs
{
    /// <summary>Inserts objects and everything that they lead to, each once: parents before children, in one transaction.</summary>
    /// <remarks>
    /// Properties whose types have [Table] lead to other rows, and so do lists of them. Which property of the child holds the parent's key
    /// is said by [ForeignKey] and [InverseProperty], or by its name: OrderId for a property Order, or for a list of a type Order. Keys
    /// that the database gives are written back to the objects and to their children's foreign keys. An object that has such a key already
    /// is taken to be in the database: it is referred to and not inserted. Where the load fails, the keys that it wrote are taken back.
    /// </remarks>
    /// <typeparam name="T">A class with a table.</typeparam>
    /// <param name="database">The database.</param>
    /// <param name="rows">The objects to start from.</param>
    /// <param name="options">Null for the defaults. The load is one transaction.</param>
    /// <param name="cancellationToken">Cancels the load, which is rolled back.</param>
    /// <returns>Counts over all tables; the plan is that of the first one.</returns>
    /// <exception cref="BulkPlanException">
    /// The objects need each other's keys in a circle, a foreign key is not known, or one object is in two parents' lists. Nothing was
    /// sent.
    /// </exception>
    /// <exception cref="BulkRowException">
    /// A row was refused; its <see cref="BulkRowException.Location"/> is the way to it. Rolled back.
    /// </exception>
    [RequiresUnreferencedCode(GraphType.Reason)]
    [RequiresDynamicCode(GraphType.Reason)]
    public static async Task<BulkResult> InsertGraphAsync<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        this SessionSource database, IEnumerable<T> rows, BulkOptions? options = null, CancellationToken cancellationToken = default)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(rows);
        options ??= BulkOptions.Default;
        OptionCheck.Run(options);
        if (options.Commit != CommitPolicy.Atomic)
            throw GraphProblems.GraphInChunks();
        var graph = new Graph(rows);
        return await GraphLoad.RunAsync(database, graph, options, cancellationToken).ConfigureAwait(false)
            // There is nothing to insert: the result of an insert of nothing, with its plan.
            ?? await database.InsertAsync(RowSource.From(Array.Empty<T>()), options: options,
                cancellationToken: cancellationToken).ConfigureAwait(false);
    }
}
