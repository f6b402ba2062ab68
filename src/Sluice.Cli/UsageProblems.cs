namespace Sluice.Cli;

/// <summary>What is wrong with a command line. No text repeats what may hold a password.</summary>
static class UsageProblems
{
    internal static BulkPlanException Usage(string problem, string remedy = "", Kept? kept = null) => new("SLU0401", problem, remedy, kept);

    internal static BulkPlanException AddressAsFile() =>
        Usage("A file was named by an address", "Where rows go is named by --to; a database is read with --from-table or --query.");

    internal static BulkPlanException AddressToSniff() =>
        Usage("Sniffing is for files, and a database's address was named", "What a table holds, 'sluice export' writes.", Kept.NothingRead);

    internal static BulkPlanException AddressAsOutput() =>
        Usage("--output names a file, not a database's address", "Rows go to a database with 'sluice load', --from-table and --to.",
            Kept.NothingRead);

    internal static BulkPlanException OutputOfAnotherKind(string path, string extension, string options) => Usage(
        $"'{path}' ends in {extension}, which is not how Sluice writes",
        $"Name a .csv, .tsv or .jsonl file, with .gz or .br behind it to compress it, or say how it is written with {options}.",
        Kept.NothingRead);

    internal static BulkPlanException CompressedToTerminal() =>
        Usage("Compressed bytes are not for a terminal", "Name a file with --output, or send the standard output to one.",
            Kept.NothingRead);

    internal static BulkPlanException NullTextNeedsQuotes() => Usage(
        "--null is written without quotes, so it can hold neither the delimiter nor a quote nor a line break", "Name another text.", Kept.NothingRead);

    internal static BulkPlanException FlagWithoutEffect(string flag, string where) =>
        Usage($"{flag} has no effect on JSON Lines, which {where} is", "Leave it out.");
}
