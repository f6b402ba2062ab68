using Sluice.PostgreSql.Sessions;
using Sluice.Providers;

namespace Sluice.PostgreSql.Writing;

/// <summary>Runs one statement over many rows, and finds the row for which the server refused it, which the server does not say.</summary>
static class RefusedRow
{
    /// <param name="session">The session, in a transaction.</param>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="run">Runs the statement over the first of them, as many as it is told.</param>
    /// <param name="explain">The fault with the row's place, of which it is told how many rows stand before.</param>
    /// <param name="cancellationToken">Cancels the running.</param>
    /// <exception cref="LoadFault">A row was refused; the transaction is as the failure left it.</exception>
    internal static async Task<TResult> RunAsync<TResult>(
        ServerSession session, int rows, Func<int, Task<TResult>> run, Func<LoadFault, int, LoadFault> explain, CancellationToken cancellationToken)
    {
        await SayAsync("SAVEPOINT sluice_apply").ConfigureAwait(false);
        try
        {
            var result = await run(rows).ConfigureAwait(false);
            await SayAsync("RELEASE SAVEPOINT sluice_apply").ConfigureAwait(false);
            return result;
        }
        catch (LoadFault fault) when (IsUnplaced(fault))
        {
            throw await SearchAsync(fault).ConfigureAwait(false);
        }

        // The statement over the first rows fails just when the row at fault is among them.
        async Task<LoadFault> SearchAsync(LoadFault fault)
        {
            var (succeeds, fails) = (0, rows);
            while (fails - succeeds > 1)
            {
                var middle = succeeds + ((fails - succeeds) / 2);
                await SayAsync("ROLLBACK TO SAVEPOINT sluice_apply").ConfigureAwait(false);
                try
                {
                    await run(middle).ConfigureAwait(false);
                    succeeds = middle;
                }
                catch (LoadFault again) when (IsUnplaced(again))
                {
                    fault = again;
                    fails = middle;
                }
            }
            return explain(fault, fails - 1);
        }

        Task SayAsync(string sql) => session.ExecuteAsync(new RenderedStatement(sql, []), cancellationToken);
    }

    static bool IsUnplaced(LoadFault fault) => fault is { IsRow: true, RowOrdinal: null };
}
