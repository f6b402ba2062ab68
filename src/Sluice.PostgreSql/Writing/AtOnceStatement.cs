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
/// <param name="given">The plan that the load has.</param>
/// <param name="plan">The same for a few rows.</param>
/// <param name="shape">The rows.</param>
sealed class AtOnceStatement<T>(BulkPlan given, BulkPlan plan, RowShape<T> shape) : IDisposable
{
    // Fewer rows are told each by itself faster than by questions before and after the statement.
    const int FewestAsked = 200;

    readonly AtOncePath _path = (AtOncePath)plan.Path;
    readonly ArrayColumns<T> _arrays = new(plan, shape);
    readonly bool _isUpsert = plan.Write!.Statement is { Inserts: true, CanUpdate: true };
    readonly bool _mayLeave = AtOncePlanner.MayLeave(plan);
    readonly bool _isInsteadOfCopy = AtOncePlanner.IsInsteadOfCopy(plan);
    NpgsqlCommand? _command;

    internal BulkPlan Plan => given;

    /// <summary>The bytes of the rows that were taken last.</summary>
    internal long Bytes => _arrays.Bytes;

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
        if (chunk.Count >= FewestAsked && _path.Asked is { } asked)
            return await AskAsync(session, SetStatements.Filled(asked, arrays), arrays, chunk.Count,
                cancellationToken).ConfigureAwait(false);
        if (chunk.Count > 1 && plan.Order is RowOrder.ByKey && !plan.Write!.Statement.Inserts)
        {
            var statement = SetStatements.Filled(plan.Rendered[0], arrays);
            return Fates((int)await OrderedRun.LookUpAsync(session, statement, cancellationToken).ConfigureAwait(false), chunk.Count);
        }
        var command = Command(session, arrays);
        if (_path.Count is RowCount.Reported)
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

    async Task<RowFates> AskAsync(ServerSession session, RenderedStatement asked, SqlArray[] arrays, int rows,
        CancellationToken cancellationToken)
    {
        var (changed, updated) = await UpsertCount.RunAsync(session, plan.Table, asked, cancellationToken).ConfigureAwait(false);
        if (updated is not { } count)
            throw SessionProblems.Uncounted(plan.Table, rows);
        return new RowFates(changed - count, count,
            Unchanged: await LeftAsync(session, arrays, rows - changed, cancellationToken).ConfigureAwait(false));
    }

    NpgsqlCommand Command(ServerSession session, SqlArray[] arrays)
    {
        if (_command is { } kept && !session.IsUnsafe(kept))
        {
            foreach (var (place, array) in _places)
                kept.Parameters[place].Value = arrays[array].Parameter.Value;
            return kept;
        }
        return _command = session.CommandOf(SetStatements.Filled(plan.Rendered[0], arrays));
    }

    // Which of the statement's values are arrays; the others are its own.
    readonly (int Place, int Array)[] _places =
    [
        .. plan.Rendered[0].Parameters.Index().Where(p => p.Item.RowColumn is not null)
            .Select(p => (p.Index, plan.Columns.Index().First(c => c.Item.Target.Name == p.Item.RowColumn).Index)),
    ];

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
        : await SetRun.FoundAsync(session, plan, Unnest(SetStatements.Rows, arrays), rows, cancellationToken).ConfigureAwait(false);

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
