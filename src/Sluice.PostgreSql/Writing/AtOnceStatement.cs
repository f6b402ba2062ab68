using Npgsql;
using Sluice.Planning;
using Sluice.PostgreSql.Encoding;
using Sluice.PostgreSql.Faults;
using Sluice.PostgreSql.Planning;
using Sluice.PostgreSql.Schema;
using Sluice.PostgreSql.Sessions;
using Sluice.Providers;
using Sluice.Rows;
using static Sluice.Sql;

namespace Sluice.PostgreSql.Writing;

/// <summary>
/// One statement over a few rows as arrays, which commits by itself. It stays with its connection for the next rows of the same plan.
/// </summary>
sealed class AtOnceStatement<T>(BulkPlan plan, RowShape<T> shape) : IDisposable
{
    // Fewer rows are told each by itself faster than by questions before and after the statement.
    const int FewestAsked = 200;

    readonly ArrayColumns<T> _arrays = new(plan, shape);
    readonly bool _isUpsert = plan.Write!.Statement is { Inserts: true, CanUpdate: true };

    // Whether the rows that the statement returns are counted, rather than what it says of itself.
    readonly bool _returns = Returns(plan);

    // Whether the statement itself may leave rows as they are. Where it may not, a trigger suppressed those that it did not write.
    readonly bool _mayLeave = plan.Write.Statement is { Inserts: true } and ({ IgnoresConflicts: true } or { HasCondition: true });

    // An insert stores what COPY would: no rule may have come that rewrites it.
    readonly bool _isInsteadOfCopy = plan.Write is { IsPlain: true, Statement.Inserts: true };
    NpgsqlCommand? _command;
    string? _text;

    internal BulkPlan Plan => plan;

    /// <summary>Whether a plan's rows can be written so.</summary>
    internal static bool Serves(ServerSession session, BulkPlan plan) =>
        plan.Path != PostgresPlanner.StagingOnly && plan.Columns.Count > 0 && !SameKeys.Occur(plan) && plan.Write!.IsKeyUnique
        && !NeedsLookAfter(plan) && !Spread.SendsTime(plan) && (!Returns(plan) || SetStatement.IsNew(session, plan.Table) is not null)
        && PostgresPlanner.TakesArrays(plan.Columns);

    static bool Returns(BulkPlan plan) =>
        plan.Write!.Statement is { Inserts: true, CanUpdate: true } || (plan.Write.Statement.Inserts && Spread.Is(plan.Table));

    // Whether a row was left as it is or suppressed by a trigger only a look after the statement tells, in its transaction.
    static bool NeedsLookAfter(BulkPlan plan) =>
        plan.Table.Traits.HasFlag(TableTraits.Triggers)
            && plan.Write!.Statement is { Inserts: true } and ({ CanUpdate: true } or { IgnoresConflicts: true });

    /// <exception cref="ValueException">A value does not fit its column; nothing was sent.</exception>
    /// <exception cref="LoadFault">The server refused the rows, and nothing was done; or the connection was lost.</exception>
    /// <returns>Null where the rows need another statement; nothing was sent.</returns>
    internal async Task<RowFates?> RunAsync(ServerSession session, RowChunk<T> chunk, CancellationToken cancellationToken)
    {
        _arrays.Clear();
        _arrays.Add(chunk.Rows);
        if (_arrays.AreCast)
            return null;
        var arrays = _arrays.TakeAll();
        if (_isUpsert && chunk.Count >= FewestAsked && UpsertCount.CanTell(plan.Table))
            return await AskAsync(session, arrays, chunk.Count, cancellationToken).ConfigureAwait(false);
        if (chunk.Count > 1 && plan.Order is RowOrder.ByKey && !plan.Write!.Statement.Inserts)
            return Fates((int)await OrderedRun.LookUpAsync(session, Rendered(session, arrays), cancellationToken).ConfigureAwait(false),
                chunk.Count);
        var command = Command(session, arrays);
        if (!_returns)
        {
            var written = await session.TryAsync(() => ChangeAsync(session, command, cancellationToken)).ConfigureAwait(false);
            return written == 0 && _isInsteadOfCopy && await IsRewrittenAsync(session, cancellationToken).ConfigureAwait(false)
                ? null
                : Fates(written, chunk.Count);
        }
        var (changed, inserted) = await session.TryAsync(() => CountAsync(session, command, cancellationToken)).ConfigureAwait(false);
        return _isUpsert
            ? new RowFates(inserted, changed - inserted,
                Unchanged: await LeftAsync(session, arrays, chunk.Count - changed, cancellationToken).ConfigureAwait(false))
            : Fates(changed, chunk.Count);
    }

    // A rule that does nothing instead leaves out the guard too.
    async Task<bool> IsRewrittenAsync(ServerSession session, CancellationToken cancellationToken) =>
        await session.ScalarAsync(TableVersion.HasRules, PostgresNames.Quote(plan.Table.Name, plan.Table.Schema),
            cancellationToken).ConfigureAwait(false) is true;

    async Task<RowFates> AskAsync(ServerSession session, SqlArray[] arrays, int rows, CancellationToken cancellationToken)
    {
        var (changed, updated) = await UpsertCount.RunAsync(session, plan.Table, Rendered(session, arrays),
            cancellationToken).ConfigureAwait(false);
        if (updated is not { } count)
            throw SessionProblems.Uncounted(plan.Table, rows);
        return new RowFates(changed - count, count,
            Unchanged: await LeftAsync(session, arrays, rows - changed, cancellationToken).ConfigureAwait(false));
    }

    RenderedStatement Rendered(ServerSession session, SqlArray[] arrays)
    {
        if (_text is not null)
            return new RenderedStatement(_text, [.. arrays.Select(a => a.Parameter)]);
        var rendered = session.Dialect.Render(plan.Write!.Statement.Over(Source(arrays), []));
        if (IsOfArrays(rendered, arrays))
            _text = rendered.Text;
        return rendered;
    }

    // The table was described before, perhaps long ago. One that Citus spreads is not joined with the coordinator's catalog.
    SqlFrom Source(SqlArray[] arrays)
    {
        var rows = Unnest("sluice_rows", arrays);
        return !Spread.Is(plan.Table) && TableVersion.Guard(plan.Table, _mayLeave, _isInsteadOfCopy) is { } guard
            ? Select([.. plan.Columns.Select(c => rows[c.Target.Name].As(c.Target.Name))]).From(rows).Where(guard).As("sluice_rows")
            : rows;
    }

    NpgsqlCommand Command(ServerSession session, SqlArray[] arrays)
    {
        if (_command is { } kept && !session.IsUnsafe(kept))
        {
            for (var i = 0; i < arrays.Length; i++)
                kept.Parameters[i].Value = arrays[i].Parameter.Value;
            return kept;
        }
        SqlExpr[] returned = _returns ? [SetStatement.IsNew(session, plan.Table)!.As("is_new")] : [];
        var rendered = session.Dialect.Render(plan.Write!.Statement.Over(Source(arrays), [], returned));
        var command = session.CommandOf(rendered);
        if (IsOfArrays(rendered, arrays))
            _command = command;
        return command;
    }

    // Whether the arrays are all that changes from call to call.
    static bool IsOfArrays(RenderedStatement rendered, SqlArray[] arrays) =>
        rendered.Parameters.Select(p => p.Value).SequenceEqual(arrays.Select(a => a.Parameter.Value), ReferenceEqualityComparer.Instance);

    static async Task<int> ChangeAsync(ServerSession session, NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await session.PrepareAsync(command, cancellationToken).ConfigureAwait(false);
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    static async Task<(int Changed, int Inserted)> CountAsync(ServerSession session, NpgsqlCommand command,
        CancellationToken cancellationToken)
    {
        await session.PrepareAsync(command, cancellationToken).ConfigureAwait(false);
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var disposal = reader.ConfigureAwait(false);
        var (changed, inserted) = (0, 0);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            changed++;
            inserted += reader.GetBoolean(0) ? 1 : 0;
        }
        return (changed, inserted);
    }

    async ValueTask<long> LeftAsync(ServerSession session, SqlArray[] arrays, long rows, CancellationToken cancellationToken) =>
        rows == 0 || _mayLeave || Spread.Is(plan.Table)
        ? rows
        : await SetStatement.FoundAsync(session, plan, Unnest("sluice_rows", arrays), rows, cancellationToken).ConfigureAwait(false);

    RowFates Fates(int changed, int rows)
    {
        var statement = plan.Write!.Statement;
        return statement.Deletes ? new RowFates(0, Deleted: changed)
            : !statement.Inserts ? new RowFates(0, Updated: changed)
            : new RowFates(changed, Unchanged: _mayLeave ? rows - changed : 0);
    }

    public void Dispose()
    {
        _arrays.Dispose();
        _command?.Dispose();
    }
}
