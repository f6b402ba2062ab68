using Sluice.Loading;
using Sluice.Providers;
using Sluice.Reading.Related;
using Sluice.Rows;

namespace Sluice.Reading;

/// <summary>Runs a statement to its end, on a session of its own.</summary>
static class QueryRun
{
    internal static async Task<long> ExecuteAsync(SessionSource database, SqlStatement statement, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(statement);
        await using var disposal = (await database.OpenSessionAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false,
            out var session);
        try
        {
            return await session.ExecuteAsync(Prepared(session, statement), cancellationToken).ConfigureAwait(false);
        }
        catch (LoadFault fault)
        {
            throw StatementFault.Explain(fault);
        }
    }

    internal static async Task<IReadOnlyList<T>> ReadAsync<T>(SessionSource database, SqlStatement statement, ResultShape<T> shape,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(statement);
        var related = RelatedRows.Of<T>(statement, RelatedPlace.Query);
        await using var disposal = (await database.OpenSessionAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false,
            out var session);
        try
        {
            return related is null
                ? await session.QueryAsync(Prepared(session, statement), shape, cancellationToken).ConfigureAwait(false)
                : await related.QueryAsync(new RelatedConnection(session, cancellationToken),
                    shape).ConfigureAwait(false);
        }
        catch (LoadFault fault)
        {
            throw StatementFault.Explain(fault);
        }
    }

    /// <summary>
    /// Reads the first rows that a query returns, and no more where the query can be told so. The caller's text is read to its end: it
    /// may do more than read.
    /// </summary>
    internal static Task<IReadOnlyList<T>> FirstAsync<T>(SessionSource database, SqlStatement statement, ResultShape<T> shape, int most,
        CancellationToken cancellationToken)
    {
        var first = statement is SqlSelect { Includes.Count: 0, Bare: { Limit: null, Lock: null } } select
            ? select.Limit(Sql.Literal((long)most))
            : statement;
        return ReadAsync(database, first, shape, cancellationToken);
    }

    // Rendered when the connection is there, for only then the server's version is known.
    static RenderedStatement Prepared(BulkSession session, SqlStatement statement)
    {
        var rendered = session.Dialect.Render(statement);
        return rendered.TakesRows ? throw ReadProblems.NeedsRows() : rendered;
    }
}
