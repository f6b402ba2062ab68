using System.Data;
using System.Globalization;
using Npgsql;

namespace Sluice.PostgreSql.Pooling;

/// <summary>
/// What is known of the server's end of a physical connection: whether it is the connection's own, and which statements are prepared there.
/// </summary>
/// <remarks>
/// A pooler between the two gives each transaction another of its connections. A prepared statement is found there by a name that other
/// clients use too, and whatever has that name is run; temporary tables and settings are others' as well. So nothing is prepared, and
/// no session is relied on, before the server has said that its process is the one that greeted the connection.
/// </remarks>
/// <param name="mostPrepared">How many statements Sluice keeps prepared; zero for none.</param>
/// <param name="uses">How often a statement comes before it is prepared.</param>
/// <param name="driverUses">
/// How often a statement comes before the driver prepares it by itself, because whoever made the connection told it to; zero where it does
/// not.
/// </param>
sealed class Backend(int mostPrepared, int uses = 2, int driverUses = 0)
{
    // Texts that were made for one use would fill the memory.
    const int MostSeen = 500;

    static long s_texts;

    readonly Dictionary<string, int> _seen = new(StringComparer.Ordinal);
    readonly HashSet<string> _prepared = new(StringComparer.Ordinal);
    readonly HashSet<object> _met = [];
    readonly HashSet<object> _unknown = [];
    bool? _isOwn;
    int _crowdedOut;

    /// <summary>Whether sessions and names outlive a transaction.</summary>
    internal bool IsOwn => _isOwn is true;

    /// <summary>Whether each transaction may get another of the server's processes.</summary>
    internal bool IsShared => _isOwn is false;

    /// <summary>
    /// Whether every statement is prepared, also one that comes once, and each may be run by a process that knows another by its name.
    /// </summary>
    internal bool IsUnusable => IsShared && driverUses == 1;

    /// <summary>A connection of which its user says that it leads through a pooler.</summary>
    internal static Backend Shared() => new(mostPrepared: 0) { _isOwn = false };

    /// <summary>A connection that the caller made.</summary>
    internal static Backend OfCaller(string connectionString) =>
        OfCaller(new NpgsqlConnectionStringBuilder(connectionString), mostPrepared: 0);

    /// <summary>A connection that the caller made, on which statements are prepared.</summary>
    internal static Backend OfCaller(NpgsqlConnectionStringBuilder settings, int mostPrepared) =>
        new(mostPrepared, driverUses: settings.MaxAutoPrepare > 0 ? Math.Max(1, settings.AutoPrepareMinUsages) : 0);

    /// <summary>Notes which process the server says that it is.</summary>
    internal void Answered(int process, NpgsqlConnection connection) => _isOwn = _isOwn is not false && process == connection.ProcessID;

    /// <summary>Asks the server, unless it has answered already.</summary>
    internal ValueTask AskAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        _isOwn is null ? new ValueTask(AskNowAsync(connection, cancellationToken)) : ValueTask.CompletedTask;

    // By COPY, which the driver never prepares, and which waits for nobody: a token that fired within it would cost the connection.
    async Task AskNowAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var answer = await CopyReader.ReadAsync(connection, "COPY (SELECT pg_backend_pid()::text) TO STDOUT (FORMAT BINARY)",
            CancellationToken.None).ConfigureAwait(false);
        Answered(int.Parse(answer[0][0]!, CultureInfo.InvariantCulture), connection);
    }

    // In a transaction that has failed the server answers nothing but its end, which the statement may be.
    async Task<bool> TryAskAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await AskNowAsync(connection, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (PostgresException failure) when (failure.SqlState == PostgresErrorCodes.InFailedSqlTransaction)
        {
            return false;
        }
    }

    /// <summary>
    /// A statement's text as it is sent: one of its own for each use where the driver would prepare it and no pooler is ruled out.
    /// </summary>
    /// <param name="statement">The statement.</param>
    /// <param name="isPlannedAnew">Whether it must not be prepared at all.</param>
    internal string Text(string statement, bool isPlannedAnew = false) => driverUses == 0 || (IsOwn && !isPlannedAnew)
        ? statement
        : string.Create(CultureInfo.InvariantCulture, $"{statement}\n/* {Interlocked.Increment(ref s_texts)} */");

    /// <summary>Several statements as one text.</summary>
    internal string Text(IEnumerable<string> statements) => string.Join("; ", statements.Select(statement => Text(statement)));

    /// <summary>Whether the server must have answered before anything else is sent.</summary>
    internal bool MustAnswerFirst => driverUses > 0 && _isOwn is null;

    /// <summary>Whether the server has answered.</summary>
    internal bool IsKnown => _isOwn is not null;

    /// <summary>Prepares a command that comes often, where its name can be no one else's.</summary>
    internal ValueTask PrepareAsync(NpgsqlCommand command, CancellationToken cancellationToken) =>
        !MayPrepare || command.IsPrepared || !IsDue(command.CommandText)
            ? ValueTask.CompletedTask
            : new ValueTask(PrepareAsync(command.Connection!, command.CommandText, () => command.PrepareAsync(cancellationToken), cancellationToken));

    /// <summary>Prepares a batch whose main statement comes often.</summary>
    internal ValueTask PrepareAsync(NpgsqlBatch batch, string main, CancellationToken cancellationToken) =>
        !MayPrepare || !IsDue(main)
            ? ValueTask.CompletedTask
            : new ValueTask(PrepareAsync(batch.Connection!, main, () => batch.PrepareAsync(cancellationToken), cancellationToken));

    bool MayPrepare => mostPrepared > 0 && _isOwn is not false;

    bool IsDue(string text)
    {
        if (_prepared.Contains(text))
            return true;
        var before = _seen.GetValueOrDefault(text);
        if (before + 1 >= uses)
            return true;
        if (_seen.Count >= MostSeen)
            _seen.Clear();
        _seen[text] = before + 1;
        return false;
    }

    async Task PrepareAsync(NpgsqlConnection connection, string text, Func<Task> prepare, CancellationToken cancellationToken)
    {
        if (!_prepared.Contains(text))
        {
            // Each time anew: a pooler's connection may by chance be the one that greeted.
            if (!await TryAskAsync(connection, cancellationToken).ConfigureAwait(false) || !IsOwn || !HasRoom(connection))
                return;
        }
        await prepare().ConfigureAwait(false);
        _seen.Remove(text);
        _prepared.Add(text);
    }

    // What is prepared stays until as many others came in vain; then all have the same chance again.
    bool HasRoom(NpgsqlConnection connection)
    {
        if (_prepared.Count < mostPrepared)
            return true;
        if (++_crowdedOut < mostPrepared)
            return false;
        Forget(connection);
        return true;
    }

    /// <summary>
    /// Whether the driver's types are worth loading again for one that it does not know: not where that was done for it in vain.
    /// </summary>
    /// <param name="type">The type's number in the server's catalog, or what the driver says of a name.</param>
    internal bool IsNewType(object type)
    {
        if (_met.Contains(type))
            return false;
        _unknown.Add(type);
        return true;
    }

    /// <summary>Whether a type was met that the driver's types are still to be loaded for.</summary>
    internal bool OwesTypes => _unknown.Count > 0;

    /// <summary>Notes that the driver's types were loaded.</summary>
    internal void LoadedTypes()
    {
        _met.UnionWith(_unknown);
        _unknown.Clear();
    }

    /// <summary>Forgets what is prepared.</summary>
    internal void Forget(NpgsqlConnection connection)
    {
        if (_prepared.Count == 0 || connection.FullState != ConnectionState.Open)
            return;
        connection.UnprepareAll();
        _prepared.Clear();
        _crowdedOut = 0;
    }
}
