using System.Globalization;

namespace Sluice.Cli;

/// <summary>What keeps a load or an export from being begun or ended.</summary>
static class RunProblems
{
    internal static BulkPlanException NoTable(BulkPlanException missing) => new(
        missing.Failure with { Remedy = "Use --table to name another, or --create to make it from the columns of what is read." }, missing);

    internal static BulkPlanException NoTableToRead(BulkPlanException missing) => new(
        missing.Failure with { Remedy = "Name another.", Kept = Kept.NothingRead }, missing);

    internal static BulkPlanException NoDatabase(string path) => new(
        "SLU0402", $"There is no database '{path}'", "Check the path, or use --create to make the database and the table.");

    internal static BulkPlanException NoDatabaseToRead(string path) =>
        new("SLU0407", $"There is no database '{path}'", "Check the path.", Kept.NothingRead);

    internal static BulkPlanException AnotherKey(Table table, IReadOnlyList<string> key) => new(
        "SLU0403",
        $"--key names {List(key)}, but the primary key of table '{table.QualifiedName}' is {(table.PrimaryKey.Count == 0 ? "none" : List(table.PrimaryKey.Select(c => c.Name)))}",
        "Leave --key out: an insert uses the table as it is.");

    internal static BulkPlanException OutputIsThere(string path) => new(
        "SLU0408", $"'{path}' is there already, and was left as it is", "Name another file, or replace it with --force.", Kept.NothingRead);

    internal static BulkPlanException OutputIsRead(string path) => new(
        "SLU0724", $"'{path}' is a file of the database that is read, under this or another name, and would be lost", "Name another file.", Kept.NothingRead);

    internal static BulkPlanException TooFewFiles(int allowed, int needed) => new(
        "SLU0723",
        string.Create(CultureInfo.InvariantCulture, $"The process may have {allowed} files open, and needs {needed}"),
        string.Create(CultureInfo.InvariantCulture, $"Allow more with 'ulimit -n {needed * 8}'."));

    internal static BulkException DidNotStop(string verb, TimeSpan waited) => new(new Failure(
        "SLU0406",
        string.Create(CultureInfo.InvariantCulture,
            $"The {verb} did not stop within {waited.TotalSeconds:0} seconds, so the process ended"),
        "",
        Kept.RollsBack)
    { Kind = FailureKind.UnknownOutcome });

    static string List(IEnumerable<string> names) => $"({string.Join(", ", names.Select(n => $"'{n}'"))})";
}
