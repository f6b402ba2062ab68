using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Npgsql;

namespace Sluice.PostgreSql.Pooling;

/// <summary>What keeps a connection from being opened, lent or used.</summary>
static class ConnectionProblems
{
    internal static BulkException PoolExhausted(string target, int size, int overflow, int used, TimeSpan waited, Lease? oldest) =>
        AllInUse(
        string.Create(
            CultureInfo.InvariantCulture,
            $"All {size + overflow} connections to {target} were in use for {waited.TotalSeconds:0.#} seconds: {used} lent, of a pool of {size} and an overflow of {overflow}")
        + (oldest is null ? "" : string.Create(
            CultureInfo.InvariantCulture,
            $". The oldest is held by {oldest.Use} since {Stopwatch.GetElapsedTime(oldest.Since).TotalSeconds:0.#} seconds")),
        "Dispose what is not used any more, or allow more by PoolSize and MaxOverflow.");

    internal static BulkException NotConnected(string target, Exception inner) => inner switch
    {
        // The driver has no other sign for it.
        NpgsqlException { InnerException: TimeoutException } busy when busy.Message.Contains("'Max Pool Size'", StringComparison.Ordinal) =>
            AllInUse(
            $"All connections that the data source may have to {target} were in use for as long as it waits",
            "Dispose what is not used any more, or allow more by 'Maximum Pool Size' in its connection string.",
            inner),
        PostgresException { SqlState: ['2', '8', ..] } refused => LoginRefused(target, refused),
        PostgresException { SqlState: "3D000" } missing => NoSuchDatabase(target, missing),
        PostgresException refused => ConnectionRefused(target, refused),
        _ => Unreachable(target, inner),
    };

    static BulkException AllInUse(string problem, string remedy, Exception? inner = null) => new(
        new Failure("SLU0313", problem, remedy, Kept.NothingSent) { IsTransient = true }, inner);

    static BulkException LoginRefused(string target, PostgresException refused) => new(
        Failed("SLU0302", $"{target} refused the login: {refused.MessageText}", "Check the user name and the password."), refused);

    static BulkException NoSuchDatabase(string target, PostgresException missing) => new(
        Failed("SLU0334", $"{target} has no such database: {missing.MessageText}", "Check the name, or create it."), missing);

    static BulkException ConnectionRefused(string target, PostgresException refused) => new(
        Failed("SLU0335", $"{target} refused the connection: {refused.MessageText}",
            "") with
        { IsTransient = Faults.ServerFault.IsTransient(refused) }, refused);

    static BulkException Unreachable(string target, Exception inner) => new(
        Failed("SLU0301", $"{target} cannot be reached: {((inner.GetBaseException() as SocketException)?.Message ?? inner.Message).TrimEnd('.')}", "Check host and port, and that the server runs.") with
        {
            IsTransient = inner is NpgsqlException { IsTransient: true },
        },
        inner);

    static Failure Failed(string code, string problem, string remedy) =>
        new(code, problem, remedy, Kept.NothingSent) { Kind = FailureKind.Unreachable };

    internal static ObjectDisposedException SourceDisposed(Exception inner) => new(
        "The data source or the engine was disposed. Keep it for as long as it is used.", inner);

    internal static BulkException NotEnlisted(Exception failure) => new(
        new Failure(
            "SLU0330",
            $"The connection cannot take part in the TransactionScope: {failure.Message.TrimEnd('.')}",
            "Open it within the scope, or dispose what is open on it before.",
            Kept.NothingSent),
        failure);

    internal static BulkPlanException RentedInScope() => new(
        "SLU0736",
        "The call is in a TransactionScope, in whose transaction the engine takes part by one connection of its own",
        "Begin a transaction and use its DbTransaction, or create the engine over an NpgsqlDataSource and open a connection of that.");

    internal static ArgumentException Contradiction(string option, string key, string value) => new(
        $"{option} says one thing, and '{key}={value}' in the connection string another. Say it in one place.", option);

    // What else the Options set is nobody's business.
    internal static ArgumentException ContradictionInOptions(string option, string setting) => new(
        $"{option} says one thing, and '{setting}' among the Options of the connection string another. Say it in one place.", option);

    internal static ArgumentException DataSourceDecides(string option, string instead) => new(
        $"{option} is for a pool of the engine's own, and the connections come from a data source here. Leave it out, and use {instead}.", option);

    internal static ArgumentException BadConnectionString(string parameter) => new(
        "The connection string has a value that the driver cannot read, as a host with half of its brackets or a port that is no number. Correct it.", parameter);
}
