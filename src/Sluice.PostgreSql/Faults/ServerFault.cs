using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using Sluice.Providers;

namespace Sluice.PostgreSql.Faults;

/// <summary>Reads what the server said of a failure: whose fault it is, by SQLSTATE and never by text, and which row, by COPY's line.</summary>
static partial class ServerFault
{
    /// <summary>The row that a message of COPY names, counted from 1 within that COPY, and its column.</summary>
    /// <remarks>The context is translated to the server's language, but keeps its form: name, word and number, then word and column.</remarks>
    internal static (long? Line, string? Column) Place(PostgresException failure)
    {
        var match = failure.Where is null ? Match.Empty : CopyContext().Match(failure.Where);
        if (!match.Success)
            return (null, failure.ColumnName);
        return (long.Parse(match.Groups["line"].ValueSpan, CultureInfo.InvariantCulture), failure.ColumnName ?? (match.Groups["column"].Success ? match.Groups["column"].Value : null));
    }

    [GeneratedRegex(@"^COPY .+?, [^\s,]+ (?<line>\d+)(, [^\s,]+ (?<column>[^:\n]+))?(:|$)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CopyContext();

    /// <summary>The fault that a server's message stands for.</summary>
    internal static LoadFault From(PostgresException failure, long? rowOrdinal, string? column, string? location)
    {
        var state = failure.SqlState;
        if (IsOfOthersCommit(failure))
            return Throw.CommittedInPart(failure);
        if (state.StartsWith("22", StringComparison.Ordinal) || state.StartsWith("23", StringComparison.Ordinal) || state == "P0001")
        {
            return OfRow(failure, state, rowOrdinal, column, location);
        }
        var (code, problem, remedy) = state switch
        {
            "40001" => ("SLU0343", "another transaction came in between: " + failure.MessageText, "Do it again: it succeeds once the other one has ended."),
            "42501" => ("SLU0310", "the role lacks a privilege: " + failure.MessageText, "Grant it, or connect as another role."),
            "25006" => ("SLU0311", "the database is read-only: " + failure.MessageText, "Connect to the primary server."),
            "55P03" => ("SLU0304", "another session holds a lock: " + failure.MessageText, "End its transaction, or allow more time by lock_timeout."),
            "57014" => ("SLU0312", "the statement was stopped: " + failure.MessageText, "Allow more time by statement_timeout, or use smaller chunks."),
            "53100" or "53200" or "53300" or "53400" => ("SLU0306", "the server is short of a resource: " + failure.MessageText, "Free it and load again."),
            "25P03" or "25P04" => ("SLU0312", "the server ended the transaction: " + failure.MessageText, "Allow more time by idle_in_transaction_session_timeout, or leave the transaction open for less."),
            "26000" or "42P05" => ("SLU0314", "the server knows another prepared statement by that name: " + failure.MessageText, "A pooler gives each transaction another connection: prepare and execute within one transaction, or connect past the pooler."),
            "0A000" when IsStalePlan(failure) => ("SLU0315", "a table has changed since the statement was prepared", "Run the transaction again."),
            "40P01" => ("SLU0333", "another session and this one waited for each other's rows, and the server stopped this one: " + failure.MessageText,
                "Do it again. Writers that take their rows in the order of the key do not meet so."),
            "25P02" => ("SLU0316", "something before it in the transaction failed, after which the server takes nothing more", "Roll the transaction back, or to a savepoint that was set before."),
            "57P01" or "57P02" or "57P03" => ("SLU0303", "the server ended the connection: " + failure.MessageText, "Load again when it is back."),
            _ => ("SLU0305", $"the server refused it: {failure.MessageText} (SQLSTATE {state})", failure.Hint ?? "See the inner exception for the server's detail."),
        };
        return new LoadFault(code, problem, remedy, failure) { SqlState = state, IsAftermath = state == "25P02" };
    }

    /// <summary>The fault of a COPY into a table whose rows other servers keep: of a row that one of them refused, or of what else it is.</summary>
    internal static LoadFault OfCopy(PostgresException failure, Sluice.Table table) =>
        (failure.SqlState == "XX000" || failure.SqlState.StartsWith("23", StringComparison.Ordinal)) && WorkerFault.OfRow(failure, table) is var (state, constraint, column)
            ? new LoadFault("SLU0201", Message(state, failure, constraint, column), Remedy(state, failure), failure) { IsRow = true, Column = column, SqlState = state, Constraint = constraint }
            : From(failure, null, failure.ColumnName, null);

    static LoadFault OfRow(PostgresException failure, string state, long? rowOrdinal, string? column, string? location)
    {
        column ??= WorkerFault.Column(failure);
        var constraint = WorkerFault.Constraint(failure);
        return new LoadFault(state[1] == '3' ? "SLU0201" : "SLU0202", Message(state, failure, constraint, column), Remedy(state, failure), failure)
        {
            IsRow = true,
            RowOrdinal = rowOrdinal,
            Column = column,
            Location = location,
            SqlState = state,
            Constraint = constraint,
        };
    }

    // The context is postgres_fdw's, which speaks no other language. Its servers commit one after another, before this one does.
    static bool IsOfOthersCommit(PostgresException failure) => failure.Where?.Contains("remote SQL command: COMMIT", StringComparison.Ordinal) == true;

    /// <summary>Whether a prepared statement no longer fits the tables: https://www.postgresql.org/docs/current/sql-prepare.html.</summary>
    internal static bool IsStalePlan(PostgresException failure) => failure is { SqlState: "0A000", Routine: "RevalidateCachedQuery" };

    /// <summary>The fault of a connection that was lost, or whose other end answers what nobody understands.</summary>
    internal static LoadFault Lost(string target, Exception failure) =>
        new("SLU0303", $"the connection to {target} was lost: {failure.GetBaseException().Message.TrimEnd('.')}", "Load again when it is back.", failure) { SqlState = "08006", IsLost = true };

    /// <summary>The fault of a caller's connection that its owner uses himself.</summary>
    internal static LoadFault InUse(Exception failure) =>
        new("SLU0317", "the connection is in use by a command, a reader or a COPY that Sluice did not open", "Close it before.", failure);

    // What the server says of data names the value only in DETAIL and CONTEXT, which stay in the inner exception.
    static string Message(string state, PostgresException failure, string? constraint, string? column) => (state, constraint, column) switch
    {
        ("23505", { } name, _) => $"the key is taken: constraint '{name}' allows it once",
        ("23503", { } name, _) => $"the row refers to one that is missing: constraint '{name}'",
        // A row that no partition takes, or that a partition does not take, breaks a check without a name.
        ("23514", null or "", _) when failure.TableName is { } table => IsRouting(failure) ? $"no partition of table '{table}' takes the row" : $"the row does not belong into the partition '{table}'",
        ("23514", { Length: > 0 } name, _) => $"the row breaks the check '{name}'",
        ("23502", _, { } name) => $"the value is null, but column '{name}' is NOT NULL",
        ("23P01", { } name, _) => $"the row conflicts with another: constraint '{name}'",
        ("22P02" or "22007" or "22008", _, _) => "the server cannot read the value",
        _ => failure.MessageText,
    };

    static bool IsRouting(PostgresException failure) => failure.Routine is "ExecFindPartition";

    static string Remedy(string state, PostgresException failure) => state switch
    {
        "23505" => "Another row of the table or of the load has this key: remove one of them.",
        "23503" => "Load the row that it refers to first.",
        "23502" => "Supply a value, or leave the column out to use its default.",
        "23514" when failure.TableName is not null && string.IsNullOrEmpty(failure.ConstraintName) =>
            IsRouting(failure) ? "Create the partition that takes it, or a default partition." : "Load into the partitioned table itself, which finds the partition.",
        _ => "Correct the row, or the rule that it breaks.",
    };
}
