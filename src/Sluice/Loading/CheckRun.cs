using Sluice.Planning;
using Sluice.Providers;
using Sluice.Rows;

namespace Sluice.Loading;

/// <summary>What a check has come to.</summary>
/// <param name="Plan">How the rows would be loaded.</param>
/// <param name="Read">The rows that were read.</param>
/// <param name="NotChecked">What only the database knows, each as a noun.</param>
sealed record CheckResult(BulkPlan Plan, long Read, IReadOnlyList<string> NotChecked);

/// <summary>A load up to its writer: every row is held against the plan by the load's own rules, and none is sent.</summary>
/// <param name="request">What is asked for.</param>
/// <param name="described">The table where there is none yet, as it would be created; null where the catalog has it.</param>
/// <param name="refused">Told of every row that the load would refuse before the database is asked.</param>
/// <param name="cancellationToken">Cancels the check.</param>
sealed class CheckRun(LoadRequest request, Table? described, Action<Failure> refused,
    CancellationToken cancellationToken) : IRowSourceVisitor<CheckResult>
{
    public async Task<CheckResult> Visit<T>(RowSource<T> source)
    {
        await using var sourceDisposal = source.ConfigureAwait(false);
        request.Check(source);
        var tally = new LoadTally(source, request.Options.Progress);
        await using var disposal = (await request.Sessions.OpenSessionAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false,
            out var session);
        try
        {
            var load = described is null
                ? await PreparedLoad<T>.FindAsync(request, session, source, creates: false, cancellationToken).ConfigureAwait(false)
                : PreparedLoad<T>.OfDescribed(request, session, source, described);
            var (read, unread) = await CheckAsync(load).ConfigureAwait(false);
            return new CheckResult(load.Plan, read,
                [.. NotChecked(load.Plan.Table), .. unread.Select(column => $"whether the database reads every value of column '{column}'")]);
        }
        catch (Exception failure)
        {
            if (tally.Tell(failure, request.Options, cancellationToken) is { } told)
                throw told;
            throw;
        }
    }

    // Rows of each form are held against a plan of their own.
    async Task<(long Read, IReadOnlyList<string> Unread)> CheckAsync<T>(PreparedLoad<T> load)
    {
        var checks = new Dictionary<int, RowCheck<T>>();
        var required = RequiredValues<T>.For(load.Plan, load.Source, load.Shape);
        using var chunks = load.OpenCheckedChunks(Refuse);
        var unread = new List<string>();
        try
        {
            long sent = 0;
            while (await chunks.ReadAsync(cancellationToken).ConfigureAwait(false) is { } chunk)
            {
                sent += chunk.Count;
                if (CheckOf(chunk) is { } check)
                    await CheckAsync(check, required, chunk).ConfigureAwait(false);
                chunks.Return(chunk);
            }
            return (sent + chunks.Dropped, unread);
        }
        finally
        {
            foreach (var check in checks.Values)
                await check.DisposeAsync().ConfigureAwait(false);
        }

        RowCheck<T>? CheckOf(RowChunk<T> chunk)
        {
            if (checks.TryGetValue(chunk.Form, out var known))
                return known;
            try
            {
                var check = load.Session.OpenCheck(load.PlanOf(load.Session, chunk), load.Shape, load.Source.Locate);
                unread.AddRange(check.Unread.Except(unread, StringComparer.Ordinal));
                return checks[chunk.Form] = check;
            }
            catch (LoadFault fault) when (fault.IsRow)
            {
                for (var i = 0; i < chunk.Count; i++)
                    Refuse(fault.At(chunk.OrdinalOf(i), load.Source.Locate(chunk.Rows[i])));
                return null;
            }
        }
    }

    async Task CheckAsync<T>(RowCheck<T> check, RequiredValues<T>? required, RowChunk<T> chunk)
    {
        while (await check.FindAsync(chunk, cancellationToken).ConfigureAwait(false) is var (index, fault))
        {
            required?.Find(chunk.Part(0, index), Refuse);
            Refuse(fault);
            chunk = chunk.Part(index + 1, chunk.Count - index - 1);
        }
        required?.Find(chunk, Refuse);
    }

    void Refuse(LoadFault fault) => refused(fault.ToFailure(Kept.NothingSent, isOfRow: true, request.Options.Faults.IncludeValues));

    static IEnumerable<string> NotChecked(Table table)
    {
        foreach (var key in table.UniqueKeys)
            yield return $"unique key '{key.Name}'";
        foreach (var reference in table.ForeignKeys)
            yield return $"references to table '{reference.ReferencedTable}'";
        foreach (var check in table.Checks)
            yield return check.Name is null ? $"the check {check.Condition}" : $"check '{check.Name}'";
        if ((table.Traits & TableTraits.Triggers) != 0)
            yield return "triggers";
        if ((table.Traits & TableTraits.RowSecurity) != 0)
            yield return "policies on rows";
    }

    public Task<CheckResult> VisitRuns(IEnumerable<RowSource<object?[]>> runs) => throw LoadProblems.SyncOfGroups();
}
