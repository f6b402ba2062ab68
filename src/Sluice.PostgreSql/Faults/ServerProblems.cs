using Npgsql;
using Sluice.Providers;

namespace Sluice.PostgreSql.Faults;

/// <summary>What the server refuses, as Sluice tells it. https://www.postgresql.org/docs/current/errcodes-appendix.html</summary>
static class ServerProblems
{
    internal static LoadFault CameBetween(PostgresException failure) => Of(
        failure, "SLU0343", "another transaction came in between: " + failure.MessageText, "Do it again: it succeeds once the other one has ended.");

    internal static LoadFault NoPrivilege(PostgresException failure) => Of(
        failure, "SLU0310", "the role lacks a privilege: " + failure.MessageText, "Grant it, or connect as another role.");

    internal static LoadFault DatabaseReadOnly(PostgresException failure) => Of(
        failure, "SLU0311", "the database is read-only: " + failure.MessageText, "Connect to the primary server.");

    internal static LoadFault Locked(PostgresException failure) => Of(
        failure, "SLU0304", "another session holds a lock: " + failure.MessageText, "End its transaction, or allow more time by lock_timeout.");

    internal static LoadFault Stopped(PostgresException failure) => Of(
        failure, "SLU0312", "the statement was stopped: " + failure.MessageText, "Allow more time by statement_timeout, or use smaller chunks.");

    internal static LoadFault TransactionStopped(PostgresException failure) => Of(
        failure,
        "SLU0327",
        "the server ended the transaction: " + failure.MessageText,
        "Allow more time by idle_in_transaction_session_timeout, or leave the transaction open for less.");

    internal static LoadFault ResourceFull(PostgresException failure) => Of(
        failure, "SLU0306", "the server is short of a resource: " + failure.MessageText, "Free it and load again.");

    internal static LoadFault OthersStatement(PostgresException failure) => Of(
        failure,
        "SLU0314",
        "the server knows another prepared statement by that name: " + failure.MessageText,
        "A pooler gives each transaction another connection: prepare and execute within one transaction, or connect past the pooler.");

    internal static LoadFault StalePlan(PostgresException failure) => Of(
        failure, "SLU0315", "a table has changed since the statement was prepared", "Run the transaction again.");

    internal static LoadFault Deadlock(PostgresException failure) => Of(
        failure,
        "SLU0333",
        "another session and this one waited for each other's rows, and the server stopped this one: " + failure.MessageText,
        "Do it again. Writers that take their rows in the order of the key do not meet so.");

    internal static LoadFault Aftermath(PostgresException failure) => new(
        "SLU0316",
        "something before it in the transaction failed, after which the server takes nothing more",
        "Roll the transaction back, or to a savepoint that was set before.",
        failure)
    { SqlState = failure.SqlState, IsAftermath = true };

    internal static LoadFault StatementRefused(PostgresException failure) => Of(
        failure,
        "SLU0305",
        $"the server refused it: {failure.MessageText} (SQLSTATE {failure.SqlState})",
        failure.Hint is { } hint ? hint : new Remedy("See the inner exception for the server's detail.") { Command = "" });

    /// <summary>The server said that it ends.</summary>
    internal static LoadFault Ended(PostgresException failure) =>
        ConnectionLost("the server ended the connection: " + failure.MessageText, failure, failure.SqlState);

    /// <summary>The connection was lost, or its other end answers what nobody understands.</summary>
    internal static LoadFault Lost(string target, Exception failure) =>
        ConnectionLost($"the connection to {target} was lost: {failure.GetBaseException().Message.TrimEnd('.')}", failure, "08006",
            isLost: true);

    /// <summary>A caller's connection is used by its owner.</summary>
    internal static LoadFault InUse(Exception failure) =>
        new("SLU0317", "the connection is in use by a command, a reader or a COPY that Sluice did not open", "Close it before.", failure);

    static LoadFault ConnectionLost(string problem, Exception failure, string state, bool isLost = false) =>
        new("SLU0303", problem, "Load again when it is back.", failure) { SqlState = state, IsLost = isLost, IsTransient = true };

    static LoadFault Of(PostgresException failure, string code, string problem, Remedy remedy) =>
        new(code, problem, remedy, failure) { SqlState = failure.SqlState, IsTransient = ServerFault.IsTransient(failure) };
}
