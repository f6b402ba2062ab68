using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Sluice.Loading;
using Sluice.Planning;
using Sluice.Reading;
using Sluice.Reading.Related;
using Sluice.Rendering;
using Sluice.Rows;
using Sluice.Providers;

namespace Sluice;

/// <summary>Everything that can be asked of a database, by an engine or within a transaction.</summary>
public abstract class Database : IAsyncDisposable
{
    const DynamicallyAccessedMemberTypes RowMembers =
        DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicConstructors;

    private protected Database()
    {
    }

    /// <summary>Where the connections lead, without secrets, for messages.</summary>
    public abstract string Target { get; }

    /// <summary>How the database writes statements, as far as its version is known.</summary>
    public abstract SqlDialect Dialect { get; }

    internal KnownTables Known { get; } = new();

    /// <summary>How many connections can write to it side by side.</summary>
    /// <value>1, unless a database says otherwise.</value>
    public virtual int MostWriters => 1;

    /// <summary>Borrows a connection for one load or one statement.</summary>
    /// <exception cref="BulkException">No connection could be had.</exception>
    public abstract Task<BulkSession> OpenSessionAsync(CancellationToken cancellationToken = default);

    /// <summary>The statement's text and parameters, as this database gets them. Asks the database nothing.</summary>
    /// <exception cref="BulkPlanException">The statement is not sound, or this version of the database has no such thing.</exception>
    public RenderedStatement Render(SqlStatement statement) => Dialect.Render(statement);

    /// <summary>Runs a statement.</summary>
    /// <returns>How many rows it inserted, updated or deleted; of a query, how many it returned.</returns>
    /// <exception cref="BulkPlanException">The statement is not sound. Nothing was sent.</exception>
    /// <exception cref="BulkException">The database refused the statement. Outside a transaction of the caller's nothing of it is kept.</exception>
    public async Task<long> ExecuteAsync(SqlStatement statement, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(statement);
        await using var disposal = (await OpenSessionAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false, out var session);
        try
        {
            return await session.ExecuteAsync(Prepared(statement), cancellationToken).ConfigureAwait(false);
        }
        catch (LoadFault fault)
        {
            throw StatementFault.Explain(fault);
        }
    }

    /// <summary>Runs a statement and reads the rows that it returns.</summary>
    /// <typeparam name="T">
    /// A row type, whose columns are found by their names; a value, of the one column; a dictionary of the columns by name; or <c>object?[]</c>.
    /// </typeparam>
    /// <inheritdoc cref="ExecuteAsync"/>
    public Task<IReadOnlyList<T>> QueryAsync<[DynamicallyAccessedMembers(RowMembers)] T>(SqlStatement statement, CancellationToken cancellationToken = default) =>
        ReadAsync(statement, ResultShape.For<T>(), cancellationToken);

    /// <summary>Runs a statement and reads its two columns.</summary>
    /// <inheritdoc cref="ExecuteAsync"/>
    public Task<IReadOnlyList<(T1, T2)>> QueryAsync<T1, T2>(SqlStatement statement, CancellationToken cancellationToken = default) =>
        ReadAsync(statement, new PairShape<T1, T2>(), cancellationToken);

    /// <summary>Runs a statement and reads its three columns.</summary>
    /// <inheritdoc cref="ExecuteAsync"/>
    public Task<IReadOnlyList<(T1, T2, T3)>> QueryAsync<T1, T2, T3>(SqlStatement statement, CancellationToken cancellationToken = default) =>
        ReadAsync(statement, new TripleShape<T1, T2, T3>(), cancellationToken);

    /// <summary>Runs a statement that returns exactly one row.</summary>
    /// <exception cref="BulkException">It returned none, or several.</exception>
    public async Task<T> QuerySingleAsync<[DynamicallyAccessedMembers(RowMembers)] T>(SqlStatement statement, CancellationToken cancellationToken = default)
    {
        var rows = await QueryAsync<T>(statement, cancellationToken).ConfigureAwait(false);
        return rows.Count == 1 ? rows[0] : throw Throw.NotOneRow(rows.Count);
    }

    /// <summary>Runs a statement and reads the first column of its first row.</summary>
    /// <returns>The value; where there is no row or the value is null, null or the type's zero.</returns>
    public async Task<T?> ScalarAsync<T>(SqlStatement statement, CancellationToken cancellationToken = default)
    {
        var rows = await ReadAsync(statement, new ScalarShape<T?>(first: true), cancellationToken).ConfigureAwait(false);
        return rows.Count == 0 ? default : rows[0];
    }

    /// <summary>Reads a query's rows while they are consumed, in flat memory.</summary>
    /// <typeparam name="T">As for <see cref="QueryAsync{T}"/>.</typeparam>
    /// <param name="query">Any query, or text that returns rows.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Stops the database's work.</param>
    /// <returns>The rows, or by <see cref="RowStream{T}.Batches"/> lists of them. Nothing is sent before they are enumerated.</returns>
    /// <exception cref="BulkPlanException">The statement writes.</exception>
    public RowStream<T> StreamAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        SqlStatement query, StreamOptions? options = null, CancellationToken cancellationToken = default) =>
        RowStream<T>.Of(this, query, ResultShape.For<T>, options, cancellationToken);

    /// <summary>Reads a query's two columns while they are consumed.</summary>
    /// <inheritdoc cref="StreamAsync{T}"/>
    public RowStream<(T1, T2)> StreamAsync<T1, T2>(SqlStatement query, StreamOptions? options = null, CancellationToken cancellationToken = default) =>
        RowStream<(T1, T2)>.Of(this, query, static () => new PairShape<T1, T2>(), options, cancellationToken);

    /// <summary>Reads a query's three columns while they are consumed.</summary>
    /// <inheritdoc cref="StreamAsync{T}"/>
    public RowStream<(T1, T2, T3)> StreamAsync<T1, T2, T3>(SqlStatement query, StreamOptions? options = null, CancellationToken cancellationToken = default) =>
        RowStream<(T1, T2, T3)>.Of(this, query, static () => new TripleShape<T1, T2, T3>(), options, cancellationToken);

    /// <summary>Opens a table's rows as a source, to write them to another database, table or file.</summary>
    /// <param name="table">As <see cref="ReadTableAsync"/> describes it. Columns that the database computes are left out.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    /// <returns>The rows, which are read when they are written. A load disposes them.</returns>
    /// <exception cref="BulkException">The database refused the query, or no connection could be had.</exception>
    public Task<DatabaseRows> OpenRowsAsync(Table table, StreamOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        var columns = table.Columns.Where(c => c.Generated is not Generated.Computed).Select(c => (SqlExpr)table[c]);
        return DatabaseRows.OpenAsync(this, Sql.Select([.. columns]).From(table), table, options, cancellationToken);
    }

    /// <summary>Opens a query's rows as a source, to write them to another database, table or file.</summary>
    /// <param name="query">Any query, or text that can stand in parentheses behind FROM.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    /// <exception cref="BulkPlanException">The statement writes, or two columns have one name.</exception>
    /// <inheritdoc cref="OpenRowsAsync(Table, StreamOptions?, CancellationToken)"/>
    public Task<DatabaseRows> OpenRowsAsync(SqlStatement query, StreamOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return query.Node is Statements.QueryNode ? DatabaseRows.OpenAsync(this, query, table: null, options, cancellationToken) : throw Throw.StreamWrites();
    }

    /// <summary>Reads a query's rows in the order of a key, a page at a time, and holds neither transaction nor connection between pages.</summary>
    /// <typeparam name="T">As for <see cref="QueryAsync{T}"/>.</typeparam>
    /// <param name="query">A SELECT without DISTINCT, GROUP BY, LIMIT and window functions; the key's order takes the place of its own.</param>
    /// <param name="key">A column without nulls; <c>column.Desc()</c> for the largest first. Where several rows have one value, the primary key orders them.</param>
    /// <param name="pageSize">The rows of a page.</param>
    /// <param name="cancellationToken">Stops the database's work.</param>
    /// <remarks>Each page sees the rows of its own time: rows that others insert before the last page's end are not seen, those behind it are.</remarks>
    /// <exception cref="BulkPlanException">The query cannot be cut into pages, or the key may be null.</exception>
    public RowStream<T> StreamByKeyAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        SqlSelect query, SqlOrder key, int pageSize = 1_000, CancellationToken cancellationToken = default) =>
        StreamByKeyAsync<T>(query, [key ?? throw new ArgumentNullException(nameof(key))], pageSize, cancellationToken);

    /// <summary>Reads a query's rows in the order of a key of several columns, a page at a time.</summary>
    /// <param name="query">A SELECT without DISTINCT, GROUP BY, LIMIT and window functions; the key's order takes the place of its own.</param>
    /// <param name="keys">Columns without nulls, each in its own direction.</param>
    /// <param name="pageSize">The rows of a page.</param>
    /// <param name="cancellationToken">Stops the database's work.</param>
    /// <inheritdoc cref="StreamByKeyAsync{T}(SqlSelect, SqlOrder, int, CancellationToken)"/>
    public RowStream<T> StreamByKeyAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        SqlSelect query, IReadOnlyList<SqlOrder> keys, int pageSize = 1_000, CancellationToken cancellationToken = default) =>
        RowStream<T>.ByKey(this, query, keys, ResultShape.For<T>, pageSize, cancellationToken);

    async Task<IReadOnlyList<T>> ReadAsync<T>(SqlStatement statement, ResultShape<T> shape, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(statement);
        var related = RelatedRows.Of<T>(statement, RelatedPlace.Query);
        await using var disposal = (await OpenSessionAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false, out var session);
        try
        {
            return related is null
                ? await session.QueryAsync(Prepared(statement), shape, cancellationToken).ConfigureAwait(false)
                : await related.QueryAsync(new RelatedConnection(session, Dialect, cancellationToken), shape).ConfigureAwait(false);
        }
        catch (LoadFault fault)
        {
            throw StatementFault.Explain(fault);
        }
    }

    // Rendered when the connection is there, for only then the server's version is known.
    RenderedStatement Prepared(SqlStatement statement)
    {
        var rendered = Render(statement);
        return rendered.TakesRows ? throw Throw.NeedsRows() : rendered;
    }

    /// <summary>Reads a table's description from the catalog.</summary>
    /// <param name="name">
    /// The name, or schema and name with a dot between. A name that itself holds a dot is found by its exact spelling first, then one in SQL's double quotes.
    /// </param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="BulkPlanException">There is no such table; the message offers the closest names.</exception>
    public async Task<Table> ReadTableAsync(string name, CancellationToken cancellationToken = default)
    {
        await using var disposal = (await OpenSessionAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false, out var session);
        try
        {
            return await TargetTable.ReadAsync(session, name, cancellationToken).ConfigureAwait(false);
        }
        catch (LoadFault fault)
        {
            throw StatementFault.Explain(fault, reads: true);
        }
    }

    /// <summary>Creates a table from its description where there is none of that name: CREATE TABLE IF NOT EXISTS, and no other change.</summary>
    public async Task CreateTableAsync(Table table, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        // Before anything is opened, which may make a file.
        Dialect.CheckTable(table);
        await using var disposal = (await OpenSessionAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false, out var session);
        try
        {
            await session.CreateTableAsync(table, cancellationToken).ConfigureAwait(false);
        }
        catch (LoadFault fault)
        {
            throw StatementFault.Explain(fault);
        }
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
        return rows.Accept(new RowsLoad(this, table, intent: null, options ?? BulkOptions.Default, cancellationToken));
    }

    /// <summary>Decides how rows would be inserted, and reads and sends none of them.</summary>
    /// <inheritdoc cref="InsertAsync(RowSource, Table?, BulkOptions?, CancellationToken)"/>
    /// <returns>The plan, which prints itself.</returns>
    public Task<BulkPlan> PlanInsertAsync(RowSource rows, Table? table = null, BulkOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var planning = new RowsPlanning(this, table ?? rows.Table ?? throw Throw.SourceWithoutTable(rows.Name), intent: null, options ?? BulkOptions.Default, cancellationToken);
        return rows.Accept(planning);
    }

    /// <summary>Inserts rows, and changes those that are there already.</summary>
    /// <param name="rows">Enumerated once.</param>
    /// <param name="on">
    /// How rows that are there are found and what happens to them. Null: found by the primary key, and every other column that the rows bring is taken over.
    /// </param>
    /// <param name="options">Null for the defaults. Two rows of one key are an error unless <see cref="BulkOptions.Duplicates"/> says otherwise.</param>
    /// <param name="cancellationToken">Cancels the load, which is rolled back but for chunks committed before.</param>
    /// <returns>How many rows were inserted, updated, left unchanged by the condition, or skipped.</returns>
    /// <exception cref="BulkPlanException">The table has no such unique key, or rows and table do not fit. Nothing was sent.</exception>
    /// <exception cref="BulkRowException">A row was refused, or two have one key. Rolled back, but for chunks committed before.</exception>
    /// <exception cref="BulkException">The connection was lost or the server refused the load. Rolled back, but for what the message says.</exception>
    public Task<BulkResult> UpsertAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        IEnumerable<T> rows, Func<UpsertTarget, UpsertTarget>? on = null, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        UpsertAsync(RowSource.From(rows), on, table: null, options, cancellationToken);

    /// <inheritdoc cref="UpsertAsync{T}(IEnumerable{T}, Func{UpsertTarget, UpsertTarget}?, BulkOptions?, CancellationToken)"/>
    public Task<BulkResult> UpsertAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        IAsyncEnumerable<T> rows, Func<UpsertTarget, UpsertTarget>? on = null, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        UpsertAsync(RowSource.From(rows), on, table: null, options, cancellationToken);

    /// <summary>Upserts rows from any source.</summary>
    /// <param name="rows">Read once, and disposed.</param>
    /// <param name="on">As for rows of a type.</param>
    /// <param name="table">The target, of which only the name counts. Null for the source's own.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the load.</param>
    /// <inheritdoc cref="UpsertAsync{T}(IEnumerable{T}, Func{UpsertTarget, UpsertTarget}?, BulkOptions?, CancellationToken)"/>
    public Task<BulkResult> UpsertAsync(
        RowSource rows, Func<UpsertTarget, UpsertTarget>? on = null, Table? table = null, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        ChangeAsync(rows, table, new UpsertIntent(Described(on)), options, cancellationToken);

    /// <summary>Changes rows that are there, found by their key; it never inserts. Columns that the rows do not bring stay as they are.</summary>
    /// <param name="rows">Enumerated once.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="on">How rows are found and what is set. Null: found by the primary key, and every other column that the rows bring is set.</param>
    /// <param name="cancellationToken">Cancels the load.</param>
    /// <returns>How many rows were updated; those without a counterpart are <see cref="BulkResult.Skipped"/>.</returns>
    /// <inheritdoc cref="UpsertAsync{T}(IEnumerable{T}, Func{UpsertTarget, UpsertTarget}?, BulkOptions?, CancellationToken)"/>
    public Task<BulkResult> UpdateAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        IEnumerable<T> rows, BulkOptions? options = null, Func<UpdateTarget, UpdateTarget>? on = null, CancellationToken cancellationToken = default) =>
        UpdateAsync(RowSource.From(rows), on, table: null, options, cancellationToken);

    /// <summary>Updates rows from any source.</summary>
    /// <inheritdoc cref="UpsertAsync(RowSource, Func{UpsertTarget, UpsertTarget}?, Table?, BulkOptions?, CancellationToken)"/>
    public Task<BulkResult> UpdateAsync(
        RowSource rows, Func<UpdateTarget, UpdateTarget>? on = null, Table? table = null, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        ChangeAsync(rows, table, new KeyedIntent(Described(on), deletes: false), options, cancellationToken);

    /// <summary>Removes rows, found by their key.</summary>
    /// <param name="rows">Enumerated once; only the key's columns are used.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="on">How rows are found. Null: by the primary key.</param>
    /// <param name="cancellationToken">Cancels the load.</param>
    /// <returns>How many rows were deleted; those without a counterpart are <see cref="BulkResult.Skipped"/>.</returns>
    /// <inheritdoc cref="UpsertAsync{T}(IEnumerable{T}, Func{UpsertTarget, UpsertTarget}?, BulkOptions?, CancellationToken)"/>
    public Task<BulkResult> DeleteAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        IEnumerable<T> rows, BulkOptions? options = null, Func<UpdateTarget, UpdateTarget>? on = null, CancellationToken cancellationToken = default) =>
        DeleteAsync(RowSource.From(rows), on, table: null, options, cancellationToken);

    /// <summary>Deletes by rows from any source.</summary>
    /// <inheritdoc cref="UpsertAsync(RowSource, Func{UpsertTarget, UpsertTarget}?, Table?, BulkOptions?, CancellationToken)"/>
    public Task<BulkResult> DeleteAsync(
        RowSource rows, Func<UpdateTarget, UpdateTarget>? on = null, Table? table = null, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        ChangeAsync(rows, table, new KeyedIntent(TargetCheck.ForDelete(Described(on)), deletes: true), options, cancellationToken);

    /// <summary>Upserts rows, and removes the rows of the table that are within a scope and not among them; all in one transaction.</summary>
    /// <param name="rows">Enumerated once.</param>
    /// <param name="scope">Which rows of the table the source stands for, as <c>m.DeviceId == 7</c>. Others are never removed.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="on">As for an upsert.</param>
    /// <param name="allowEmpty">Whether a source without rows may remove everything within the scope. Without it that is an error.</param>
    /// <param name="cancellationToken">Cancels the load.</param>
    /// <returns>The counts of the upsert, and in <see cref="BulkResult.Removed"/> the rows that were removed.</returns>
    /// <inheritdoc cref="UpsertAsync{T}(IEnumerable{T}, Func{UpsertTarget, UpsertTarget}?, BulkOptions?, CancellationToken)"/>
    public Task<BulkResult> SyncAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        IEnumerable<T> rows, SqlBool scope, BulkOptions? options = null, Func<UpsertTarget, UpsertTarget>? on = null, bool allowEmpty = false,
        CancellationToken cancellationToken = default) =>
        SyncAsync(RowSource.From(rows), scope, on, table: null, options, allowEmpty, cancellationToken);

    /// <summary>Syncs rows from any source.</summary>
    /// <inheritdoc cref="SyncAsync{T}(IEnumerable{T}, SqlBool, BulkOptions?, Func{UpsertTarget, UpsertTarget}?, bool, CancellationToken)"/>
    public Task<BulkResult> SyncAsync(
        RowSource rows, SqlBool scope, Func<UpsertTarget, UpsertTarget>? on = null, Table? table = null, BulkOptions? options = null, bool allowEmpty = false,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return ChangeAsync(rows, table, new SyncIntent(Described(on), scope, allowEmpty), options, cancellationToken);
    }

    /// <summary>Runs a statement for every row of a source: one that inserts <c>Rows()</c>, or names <see cref="Sql.Row{T}"/>.</summary>
    /// <param name="statement">An INSERT, UPDATE or DELETE. It is not sent row by row where the database has a better way.</param>
    /// <param name="rows">Enumerated once.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the load.</param>
    /// <inheritdoc cref="UpsertAsync{T}(IEnumerable{T}, Func{UpsertTarget, UpsertTarget}?, BulkOptions?, CancellationToken)"/>
    public Task<BulkResult> ExecuteManyAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        SqlStatement statement, IEnumerable<T> rows, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        ExecuteManyAsync(statement, RowSource.From(rows), options, cancellationToken);

    /// <summary>Runs a statement for every row of any source.</summary>
    /// <inheritdoc cref="ExecuteManyAsync{T}(SqlStatement, IEnumerable{T}, BulkOptions?, CancellationToken)"/>
    public Task<BulkResult> ExecuteManyAsync(SqlStatement statement, RowSource rows, BulkOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(statement);
        var target = (statement.Node as Statements.WriteNode)?.Target.Table ?? throw Throw.NotForRows();
        return ChangeAsync(rows, target, new StatementIntent(statement), options, cancellationToken);
    }

    /// <summary>Decides how a statement would be run for the rows of a source, and reads and sends none of them.</summary>
    /// <returns>The plan, which prints itself.</returns>
    /// <inheritdoc cref="ExecuteManyAsync{T}(SqlStatement, IEnumerable{T}, BulkOptions?, CancellationToken)"/>
    public Task<BulkPlan> ExplainAsync(SqlStatement statement, RowSource rows, BulkOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(statement);
        ArgumentNullException.ThrowIfNull(rows);
        var target = (statement.Node as Statements.WriteNode)?.Target.Table ?? throw Throw.NotForRows();
        return rows.Accept(new RowsPlanning(this, target, new StatementIntent(statement), options ?? BulkOptions.Default, cancellationToken));
    }

    /// <summary>Begins a transaction, which within one of the caller's is a savepoint.</summary>
    internal async Task<Transaction> BeginWithinAsync(TransactionOptions options, CancellationToken cancellationToken)
    {
        var session = await OpenSessionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await session.BeginAsync(options, cancellationToken).ConfigureAwait(false);
            return new Transaction(this, session);
        }
        catch (Exception failure)
        {
            await session.DisposeAsync().ConfigureAwait(false);
            if (failure is LoadFault fault)
                throw StatementFault.Explain(fault);
            throw;
        }
    }

    Task<BulkResult> ChangeAsync(RowSource rows, Table? table, IWriteIntent intent, BulkOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return rows.Accept(new RowsLoad(this, table, intent, options ?? BulkOptions.Default, cancellationToken));
    }

    internal static UpdateTarget Described(Func<UpdateTarget, UpdateTarget>? on) => on?.Invoke(UpdateTarget.Default) ?? UpdateTarget.Default;

    internal static UpsertTarget Described(Func<UpsertTarget, UpsertTarget>? on) => on?.Invoke(UpsertTarget.Default) ?? UpsertTarget.Default;

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
