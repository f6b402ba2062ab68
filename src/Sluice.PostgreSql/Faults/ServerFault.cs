using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using Sluice.Providers;

namespace Sluice.PostgreSql.Faults;

/// <summary>
/// Reads what the server said of a failure: whose fault it is, by SQLSTATE and never by text, and which row, by COPY's line.
/// </summary>
static partial class ServerFault
{
    /// <summary>The row that a message of COPY names, counted from 1 within that COPY, and its column.</summary>
    /// <remarks>
    /// The context is translated to the server's language, but keeps its form: name, word and number, then word and column.
    /// </remarks>
    internal static (long? Line, string? Column) Place(PostgresException failure)
    {
        var match = failure.Where is null ? Match.Empty : CopyContext().Match(failure.Where);
        if (!match.Success)
            return (null, failure.ColumnName);
        return (long.Parse(match.Groups["line"].ValueSpan, CultureInfo.InvariantCulture),
            failure.ColumnName ?? (match.Groups["column"].Success ? match.Groups["column"].Value : null));
    }

    [GeneratedRegex(@"^COPY .+?, [^\s,]+ (?<line>\d+)(, [^\s,]+ (?<column>[^:\n]+))?(:|$)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CopyContext();

    /// <summary>The fault that a server's message stands for.</summary>
    internal static LoadFault From(PostgresException failure, long? rowOrdinal, string? column, string? location)
    {
        var state = failure.SqlState;
        if (IsOfOthersCommit(failure))
            return SessionProblems.CommittedInPart(failure);
        if (state.StartsWith("22", StringComparison.Ordinal) || state.StartsWith("23", StringComparison.Ordinal) || state == "P0001")
        {
            return OfRow(failure, state, rowOrdinal, column, location);
        }
        return state switch
        {
            "40001" => ServerProblems.CameBetween(failure),
            "40P01" => ServerProblems.Deadlock(failure),
            "55P03" => ServerProblems.Locked(failure),
            "57014" => ServerProblems.Stopped(failure),
            "25P02" => ServerProblems.Aftermath(failure),
            "25P03" or "25P04" => ServerProblems.TransactionStopped(failure),
            "25006" => ServerProblems.DatabaseReadOnly(failure),
            "42501" => ServerProblems.NoPrivilege(failure),
            "53100" or "53200" or "53300" or "53400" => ServerProblems.ResourceFull(failure),
            "26000" or "42P05" => ServerProblems.OthersStatement(failure),
            "57P01" or "57P02" or "57P03" => ServerProblems.Ended(failure),
            _ when IsStalePlan(failure) => ServerProblems.StalePlan(failure),
            _ => ServerProblems.StatementRefused(failure),
        };
    }

    /// <summary>
    /// Whether the same may succeed when it is done again: the driver's list, and what ends a session or a plan but not the next one.
    /// </summary>
    internal static bool IsTransient(PostgresException failure) =>
        failure.IsTransient || failure.SqlState is "40001" or "40P01" or "55P03" or "57P01" or "57P02" or "57P03" or "57P05" or "25P03"
            || IsStalePlan(failure);

    /// <summary>
    /// The fault of a COPY into a table whose rows other servers keep: of a row that one of them refused, or of what else it is.
    /// </summary>
    internal static LoadFault OfCopy(PostgresException failure, Sluice.Table table) =>
        (failure.SqlState == "XX000" || failure.SqlState.StartsWith("23", StringComparison.Ordinal))
            && WorkerFault.OfRow(failure, table) is var (state, constraint, column)
            ? ConstraintBroken(failure, state, constraint, column)
            : From(failure, null, failure.ColumnName, null);

    static LoadFault OfRow(PostgresException failure, string state, long? rowOrdinal, string? column, string? location)
    {
        column ??= WorkerFault.Column(failure);
        var constraint = WorkerFault.Constraint(failure);
        return (state[1] == '3' ? ConstraintBroken(failure, state, constraint, column) : RowRefused(failure, state, constraint, column)).At(rowOrdinal, location);
    }

    static LoadFault ConstraintBroken(PostgresException failure, string state, string? constraint, string? column) =>
        new("SLU0201", Message(state, failure, constraint, column), Remedy(state, failure), failure) { IsRow = true, Column = column, SqlState = state, Constraint = constraint };

    static LoadFault RowRefused(PostgresException failure, string state, string? constraint, string? column) =>
        new("SLU0202", Message(state, failure, constraint, column), Remedy(state, failure), failure) { IsRow = true, Column = column, SqlState = state, Constraint = constraint };

    // The context is postgres_fdw's, which speaks no other language. Its servers commit one after another, before this one does.
    static bool IsOfOthersCommit(PostgresException failure) =>
        failure.Where?.Contains("remote SQL command: COMMIT", StringComparison.Ordinal) == true;

    /// <summary>Whether a prepared statement no longer fits the tables: https://www.postgresql.org/docs/current/sql-prepare.html.</summary>
    internal static bool IsStalePlan(PostgresException failure) => failure is { SqlState: "0A000", Routine: "RevalidateCachedQuery" };

    // What the server says of data names the value only in DETAIL and CONTEXT, which stay in the inner exception.
    static string Message(string state, PostgresException failure, string? constraint, string? column) => (state, constraint, column) switch
    {
        ("23505", { } name, _) => $"the key is taken: constraint '{name}' allows it once",
        ("23503", { } name, _) => $"the row refers to one that is missing: constraint '{name}'",
        // A row that no partition takes, or that a partition does not take, breaks a check without a name.
        ("23514", null or "", _) when failure.TableName is { } table =>
            IsRouting(failure) ? $"no partition of table '{table}' takes the row" : $"the row does not belong into the partition '{table}'",
        ("23514", { Length: > 0 } name, _) => $"the row breaks the check '{name}'",
        ("23502", _, { } name) => LoadFault.ConstraintBroken(name).Problem,
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
            IsRouting(failure)
                ? "Create the partition that takes it, or a default partition."
                : "Load into the partitioned table itself, which finds the partition.",
        _ => "Correct the row, or the rule that it breaks.",
    };
}
