using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Sluice.Planning;
using Sluice.Providers;

namespace Sluice;

/// <summary>Inserts rows.</summary>
public static class InsertVerb
{
    const DynamicallyAccessedMemberTypes RowMembers = Verb.RowMembers;

    /// <summary>Inserts rows into the table of their type, or into another one with the same columns.</summary>
    /// <param name="database">An engine, or a transaction.</param>
    /// <param name="rows">Read once, in order. A source is disposed.</param>
    /// <param name="table">The target, of which only the name counts: the catalog decides its columns. Null for the rows' own.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the load, which is rolled back except for chunks committed before.</param>
    /// <returns>Counts as the database reported them.</returns>
    /// <exception cref="BulkPlanException">Rows and table do not fit. Nothing was sent.</exception>
    /// <exception cref="BulkRowException">A row was refused. Rolled back, except for chunks committed before.</exception>
    /// <exception cref="BulkException">The connection was lost or the server refused the load. Rolled back, except for what the message says.</exception>
    public static Task<BulkResult> InsertAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        this SessionSource database, IEnumerable<T> rows, Table? table = null,
        BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        database.InsertAsync(RowSource.From(rows), table, options, cancellationToken);

    /// <inheritdoc cref="InsertAsync{T}(SessionSource, IEnumerable{T}, Table?, BulkOptions?, CancellationToken)"/>
    public static Task<BulkResult> InsertAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        this SessionSource database, IAsyncEnumerable<T> rows, Table? table = null,
        BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        database.InsertAsync(RowSource.From(rows), table, options, cancellationToken);

    /// <inheritdoc cref="InsertAsync{T}(SessionSource, IEnumerable{T}, Table?, BulkOptions?, CancellationToken)"/>
    public static Task<BulkResult> InsertAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        this SessionSource database, ChannelReader<T> rows, Table? table = null,
        BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        database.InsertAsync(RowSource.From(rows), table, options, cancellationToken);

    /// <inheritdoc cref="InsertAsync{T}(SessionSource, IEnumerable{T}, Table?, BulkOptions?, CancellationToken)"/>
    public static Task<BulkResult> InsertAsync(
        this SessionSource database, RowSource rows, Table? table = null,
        BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        Verb.RunAsync(database, rows, table, new InsertOperation(), options, cancellationToken);

    /// <summary>Decides how rows would be inserted, and reads and sends none of them.</summary>
    /// <returns>The plan, which prints itself.</returns>
    /// <inheritdoc cref="InsertAsync{T}(SessionSource, IEnumerable{T}, Table?, BulkOptions?, CancellationToken)"/>
    public static Task<BulkPlan> PlanInsertAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        this SessionSource database, IEnumerable<T> rows, Table? table = null,
        BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        database.PlanInsertAsync(RowSource.From(rows), table, options, cancellationToken);

    /// <inheritdoc cref="PlanInsertAsync{T}(SessionSource, IEnumerable{T}, Table?, BulkOptions?, CancellationToken)"/>
    public static Task<BulkPlan> PlanInsertAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        this SessionSource database, IAsyncEnumerable<T> rows, Table? table = null,
        BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        database.PlanInsertAsync(RowSource.From(rows), table, options, cancellationToken);

    /// <inheritdoc cref="PlanInsertAsync{T}(SessionSource, IEnumerable{T}, Table?, BulkOptions?, CancellationToken)"/>
    public static Task<BulkPlan> PlanInsertAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        this SessionSource database, ChannelReader<T> rows, Table? table = null,
        BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        database.PlanInsertAsync(RowSource.From(rows), table, options, cancellationToken);

    /// <inheritdoc cref="PlanInsertAsync{T}(SessionSource, IEnumerable{T}, Table?, BulkOptions?, CancellationToken)"/>
    public static Task<BulkPlan> PlanInsertAsync(
        this SessionSource database, RowSource rows, Table? table = null,
        BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        Verb.PlanAsync(database, rows, table, new InsertOperation(), options, cancellationToken);
}
