using System.Globalization;
using Sluice.Planning;
using Sluice.Providers;

namespace Sluice.Loading;

/// <summary>What is wrong with a load, and with rows among other rows.</summary>
static class LoadProblems
{
    internal static BulkPlanException SourceWithoutTable(string source) => new(
        "SLU0101",
        $"The source '{source}' does not say which table its rows belong to",
        "Name it: InsertAsync(RowSource.From(rows), table), and so for the other verbs.");

    internal static BulkPlanException NoSuchTable(string name, string target, IReadOnlyList<string> closest) => new(
        new Failure(
            "SLU0102",
            $"There is no table '{name}' in {target}{(closest.Count == 0 ? "" : $". Closest: {Words.Quoted(closest)}")}",
            closest.Count == 0 ? "Create it first, or ask for it to be created." : "",
            Kept.NothingSent)
        { Kind = FailureKind.MissingTable });

    internal static BulkPlanException ResultWithoutColumns() => new(
        "SLU0153", "What was asked for returns no columns, so there is nothing to move", "Give a query that returns some: SELECT a, b FROM t.");

    internal static BulkPlanException EmptySync(Table table) => new(
        "SLU0136",
        $"The source has no row, so the sync would remove everything within its scope from '{table.QualifiedName}'",
        new("If that is meant, say so by allowEmpty.") { Command = "If that is meant, say so by --allow-empty." },
        Kept.NothingChanged);

    internal static BulkPlanException NotToldApart(Table table) => new(
        "SLU0186",
        $"Rows are to be returned, but no key tells which row of '{table.QualifiedName}' each of them is",
        "Name the key by Columns.");

    internal static BulkPlanException LastOfGroups() => new(
        "SLU0146",
        "Dictionaries are loaded in groups, so the last row of a key is known only when the first ones are written",
        "Use Duplicates.KeepFirst or Error, or DictionaryKeys.Fill.");

    internal static BulkPlanException SyncOfGroups() => new(
        "SLU0150",
        "Dictionaries are loaded in groups, and a sync of one group would remove the rows of the others",
        "Use DictionaryKeys.Fill, or give all rows the same keys.");

    internal static BulkPlanException NoLane(int lanes) => new(
        "SLU0188",
        string.Create(CultureInfo.InvariantCulture, $"Parallelism is {lanes}; it counts connections, of which there is at least one"),
        "Use Parallelism 1 or more.");

    internal static BulkPlanException NewTableInLanes() => new(
        "SLU0189",
        "A table that is created in the load's own transaction cannot be loaded by other connections",
        "Create it before, or use Parallelism 1.");

    internal static BulkPlanException OneTransactionInLanes() => new(
        "SLU0144", "No transaction spans two connections", "Use CommitPolicy.PerChunk, or Parallelism 1.");

    internal static BulkPlanException SameRowInLanes(BulkPlan plan) => new(
        "SLU0190",
        $"Two connections must not touch one row, and nothing tells the {plan.Operation}'s rows apart for '{plan.Table.QualifiedName}'",
        "Use Parallelism 1.");

    internal static BulkPlanException NotAvailable(string option, string asked, string today) => new(
        "SLU0192", $"{option} asks for '{asked}', which Sluice does not do yet", today);

    internal static LoadFault DuplicateKey(BulkPlan plan, long first, long second, string? location) => new(
        "SLU0205",
        string.Create(CultureInfo.InvariantCulture,
            $"the row has the same key ({Words.Join(plan.Key.Select(c => c.Name))}) as row {Math.Min(first, second) + 1}"),
        new("Remove one of them, or choose which counts by Duplicates.KeepFirst or KeepLast.")
        {
            Command = "Remove one of them, or choose which counts by --duplicates first or --duplicates last.",
        })
    { IsRow = true, RowOrdinal = Math.Max(first, second), Location = location, SqlState = "21000" };

    internal static LoadFault SyncOfForms(long ordinal, string? location) => new(
        "SLU0228",
        "the row leaves out a field that others have, and a sync of those that do would remove the rows of those that do not",
        "Give all rows the same fields, null where there is no value.")
    { IsRow = true, RowOrdinal = ordinal, Location = location };

    internal static LoadFault FormRefused(BulkPlanException refused, long ordinal, string? location) => new(
        "SLU0227",
        $"the row leaves out fields that others have, and what is left cannot be written: {refused.Problem}",
        refused.Failure.Remedy.Or("Give the row these fields, or leave it out."),
        refused)
    { IsRow = true, RowOrdinal = ordinal, Location = location };

    internal static LoadFault UnsetKey(string column, long ordinal, string? location) => new(
        "SLU0225",
        "the key has no value yet, and the database gives one to rows that are inserted only, so nothing tells which row is meant",
        "Insert new rows by InsertAsync, set the key of the row that is meant, or find rows by another key: on.Columns(…).")
    { IsRow = true, RowOrdinal = ordinal, Column = column, Location = location };

    internal static LoadFault SourceFailed(string source, Exception failure, long read) => new(
        "SLU0329",
        $"the source '{source}' failed with {failure.GetType().Name}: {failure.Message.TrimEnd('.')}",
        new("See the inner exception, which is the source's own.") { Command = "" },
        failure)
    { RowsRead = read };

    internal static BulkException Unbalanced(BulkResult result) => new(new Failure(
        "SLU0309",
        string.Create(CultureInfo.InvariantCulture,
            $"{result.Read} rows were read, but the database accounts for {result.Loaded + result.Skipped + result.Rejected + result.Remaining}: ")
        + "a trigger or rule may have taken or added rows",
        "Check the table.",
        Kept.All(result.Loaded)));
}
