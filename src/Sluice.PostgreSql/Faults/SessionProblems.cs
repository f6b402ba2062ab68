using System.Globalization;
using Npgsql;
using Sluice.Planning;
using Sluice.Providers;

namespace Sluice.PostgreSql.Faults;

/// <summary>
/// What goes wrong on a connection other than by the server's refusal: values, outcomes that nobody knows, counts and keys that do not fit.
/// </summary>
static class SessionProblems
{
    // The driver's words for a value of another type name types and columns; those for a value that it cannot read may repeat it.
    internal static LoadFault NotCarried(Exception failure, bool mayHaveRun = false) => new(
        "SLU0328",
        failure is InvalidCastException or ArgumentException or NotSupportedException
            ? $"a value could not be sent or read: {failure.Message.ReplaceLineEndings(" ").TrimEnd('.')}"
            : $"the driver could not send or read it: {failure.GetType().Name}, which the inner exception explains",
        "Send or read the value as another type.",
        failure)
    { OutcomeUnknown = mayHaveRun, IsNotCarried = true };

    internal static BulkPlanException ParameterKind(DateTimeKind kind, SqlType type)
    {
        var isInstant = (type.Element ?? type).Kind is SqlTypeKind.TimestampTz;
        return new(
            "SLU0156",
            $"A parameter is a DateTime of the kind {kind}, but '{type}' needs {(isInstant ? "Utc" : "Unspecified or Local")}",
            isInstant
                ? "Convert it with ToUniversalTime, or use DateTimeOffset."
                : "Use DateTime.SpecifyKind, or declare the column timestamptz.");
    }

    internal static LoadFault StatementUnknown(string target, Exception failure) => new(
        "SLU0324",
        $"the connection to {target} was lost before the server's answer came, so whether the statement was carried out is unknown",
        "Look into the table before running it again.",
        failure)
    { OutcomeUnknown = true, SqlState = "08007" };

    internal static LoadFault OutcomeUnknown(string target, Exception failure) => new(
        "SLU0307", $"the connection to {target} was lost during COMMIT, so its outcome is unknown", "Look into the table before loading again.", failure)
    { OutcomeUnknown = true, SqlState = "08007" };

    internal static LoadFault CommittedInPart(PostgresException failure) => new(
        "SLU0342",
        $"the servers that the rows went to commit one after another, and it was refused on the way: {failure.MessageText}",
        "Look into the table on each of them before loading again: what one has committed stays.",
        failure)
    { OutcomeUnknown = true, SqlState = failure.SqlState };

    internal static LoadFault BegunSince(Exception failure) => new(
        "SLU0319",
        "the connection is in a transaction that was begun after it was attached, or that Sluice was not told of",
        "Attach it again, with the transaction.",
        failure);

    internal static LoadFault TableChanged(Table table) => new(
        "SLU0321", $"table '{table.QualifiedName}' has changed since the load began, and its rows were made for the table as it was", "Load again.")
    { IsTransient = true };

    internal static LoadFault AllPrepared(string target) => new(
        "SLU0320",
        $"the connection to {target} leads through a pooler that gives each transaction another of the server's processes, and the driver is told to prepare every statement, which would be run by its name as another client's",
        "Say 'Max Auto Prepare=0' or 'Auto Prepare Min Usages=2' in the connection string of the data source.");

    internal static BulkException NotCreated(Table table, PostgresException failure)
    {
        var problem = $"The server refused to create table '{table.QualifiedName}': {failure.MessageText}";
        var remedy = failure.Hint ?? "";
        return new BulkException(
            failure.SqlState is "42501"
                ? ServerProblems.NoPrivilege(failure).ToFailure(Kept.NothingSent, isOfRow: false) with { Problem = problem, Remedy = remedy }
                : new Failure("SLU0347", problem, remedy, Kept.NothingSent) { SqlState = failure.SqlState, IsTransient = ServerFault.IsTransient(failure) },
            failure);
    }

    internal static BulkException NothingSent(LoadFault fault) =>
        new(fault.ToFailure(Kept.NothingSent, isOfRow: false), fault.InnerException);

    internal static LoadFault Uncounted(Table table, int rows) => new(
        "SLU0326",
        string.Create(CultureInfo.InvariantCulture,
            $"{rows} rows were written to '{table.QualifiedName}', but the server counts other changes of it in the same statement")
        + ", so how many were new is not known",
        "Check the table: a default or a reference may change it too.")
    { OutcomeUnknown = true };

    internal static LoadFault KeyChanged(Table table, IReadOnlyList<Column> key) => new(
        "SLU0208",
        $"rows of '{table.QualifiedName}' were stored with another ({string.Join(", ", key.Select(c => c.Name))}) than they were sent with, so nothing tells which is which",
        "A trigger changes the key; insert without returning, or take the change out of the trigger.");

    internal static LoadFault SameKey(BulkPlan plan, long first, long second, string? location) => new LoadFault(
        "SLU0226",
        string.Create(CultureInfo.InvariantCulture,
            $"the row has a key ({string.Join(", ", plan.Key.Select(c => $"{c.Name} {c.Type}"))}) that the server takes for the one of row {first + 1}, though its text is another"),
        "Remove one of them, or give both one spelling: Duplicates chooses among rows of the same text only.")
    { SqlState = "21000" }.At(second, location);
}
