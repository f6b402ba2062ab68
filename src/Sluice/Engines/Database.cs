using Sluice.Loading;
using Sluice.Providers;

namespace Sluice;

/// <summary>
/// Everything that can be asked of a database, by an engine or within a transaction. The verbs are extension methods of the namespace
/// Sluice.
/// </summary>
public abstract class Database : SessionSource
{
    private protected Database()
    {
    }

    /// <summary>The statement's text and parameters, as this database gets them. Asks the database nothing.</summary>
    /// <exception cref="BulkPlanException">The statement is not sound, or this version of the database has no such thing.</exception>
    public RenderedStatement Render(SqlStatement statement) => Dialect.Render(statement);

    /// <summary>Reads a table's description from the catalog.</summary>
    /// <param name="name">
    /// The name, or schema and name with a dot between. A name that itself holds a dot is found by its exact spelling first, then one in
    /// SQL's double quotes.
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

    /// <summary>
    /// Creates a table from its description where there is none of that name: CREATE TABLE IF NOT EXISTS, and no other change.
    /// </summary>
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
}
