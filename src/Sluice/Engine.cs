using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Sluice.Loading;
using Sluice.Planning;
using Sluice.Rows;
using Sluice.Schema;
using Sluice.Writing;

namespace Sluice;

/// <summary>A database that rows are moved into: its connections, its dialect and every verb.</summary>
/// <remarks>Safe for use by several threads at once. Made by a database package; disposed, it closes what it opened.</remarks>
public abstract class Engine : IAsyncDisposable
{
    const DynamicallyAccessedMemberTypes RowMembers =
        DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicConstructors;

    /// <summary>Where the engine connects to, without secrets, for messages.</summary>
    public abstract string Target { get; }

    /// <summary>Borrows a connection for one load.</summary>
    /// <exception cref="BulkException">No connection could be had.</exception>
    public abstract Task<BulkSession> OpenSessionAsync(CancellationToken cancellationToken = default);

    /// <summary>Reads a table's description from the catalog.</summary>
    /// <param name="name">The name, or schema and name with a dot between. A name that itself holds a dot is found by its exact spelling first.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="BulkPlanException">There is no such table; the message offers the closest names.</exception>
    public async Task<Table> ReadTableAsync(string name, CancellationToken cancellationToken = default)
    {
        await using var disposal = (await OpenSessionAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false, out var session);
        return await TargetTable.ReadAsync(session, name, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Creates a table from its description where there is none of that name: CREATE TABLE IF NOT EXISTS, and no other change.</summary>
    public async Task CreateTableAsync(Table table, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        await using var disposal = (await OpenSessionAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false, out var session);
        await session.CreateTableAsync(table, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Inserts rows into the table of their type.</summary>
    /// <param name="rows">Enumerated once, in order.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the load, which is rolled back but for chunks committed before.</param>
    /// <returns>Counts as the database reported them.</returns>
    /// <exception cref="BulkPlanException">Rows and table do not fit. Nothing was sent.</exception>
    /// <exception cref="BulkRowException">A row was refused. Rolled back, but for chunks committed before.</exception>
    /// <exception cref="BulkException">The connection was lost or the server refused the load. Rolled back, but for what the message says.</exception>
    public Task<BulkResult> InsertAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        IEnumerable<T> rows, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        InsertAsync(RowSource.From(rows), options, cancellationToken);

    /// <inheritdoc cref="InsertAsync{T}(IEnumerable{T}, BulkOptions?, CancellationToken)"/>
    public Task<BulkResult> InsertAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        IAsyncEnumerable<T> rows, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        InsertAsync(RowSource.From(rows), options, cancellationToken);

    /// <inheritdoc cref="InsertAsync{T}(IEnumerable{T}, BulkOptions?, CancellationToken)"/>
    public Task<BulkResult> InsertAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        ChannelReader<T> rows, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        InsertAsync(RowSource.From(rows), options, cancellationToken);

    /// <summary>Inserts rows from any source into the table that the source describes itself for.</summary>
    /// <inheritdoc cref="InsertAsync{T}(IEnumerable{T}, BulkOptions?, CancellationToken)"/>
    public Task<BulkResult> InsertAsync(RowSource rows, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        InsertAsync(rows, table: null, options, cancellationToken);

    /// <summary>Inserts rows from any source into a named table.</summary>
    /// <param name="rows">Read once, in order, and disposed.</param>
    /// <param name="table">The target, of which only the name counts: the catalog decides its columns. Null for the source's own.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the load.</param>
    /// <inheritdoc cref="InsertAsync{T}(IEnumerable{T}, BulkOptions?, CancellationToken)"/>
    public Task<BulkResult> InsertAsync(
        RowSource rows, Table? table, BulkOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return rows.AcceptAsync(new InsertLoad(this, table, options ?? BulkOptions.Default, cancellationToken));
    }

    /// <summary>Decides how rows would be inserted, and reads and sends none of them.</summary>
    /// <inheritdoc cref="InsertAsync(RowSource, Table?, BulkOptions?, CancellationToken)"/>
    /// <returns>The plan, which prints itself.</returns>
    public Task<BulkPlan> PlanInsertAsync(RowSource rows, Table? table = null, BulkOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var planning = new InsertPlanning(this, table ?? rows.Table ?? throw Throw.SourceWithoutTable(rows.Name), options ?? BulkOptions.Default, cancellationToken);
        return rows.AcceptAsync(planning);
    }

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
