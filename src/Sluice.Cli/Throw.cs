using System.Globalization;

namespace Sluice.Cli;

/// <summary>The texts of the command line's own errors. None repeats what may hold a password.</summary>
static class Throw
{
    const string Targets = "Name a file (data.db, or sqlite:PATH), a URL (postgres://user@host/database), or a connection string (host=… dbname=…, as for psql, or Host=…;Database=…).";

    internal static BulkPlanException Usage(string message) => new("SLU0401", message);

    internal static BulkPlanException AddressAsFile() =>
        new("SLU0401", "A file was named by an address. Where rows go is named by --to; a database is read with --from-table or --query. Nothing was sent.");

    internal static BulkPlanException AddressToSniff() => Usage("Sniffing is for files, and a database's address was named. What a table holds, 'sluice export' writes. Nothing was read.");

    internal static BulkPlanException AddressAsOutput() => Usage("--output names a file, not a database's address. Rows go to a database with 'sluice load', --from-table and --to. Nothing was read.");

    internal static BulkPlanException OutputOfAnotherKind(string path, string extension, string options) => Usage(
        $"'{path}' ends in {extension}, which is not how Sluice writes. Name a .csv, .tsv or .jsonl file, with .gz or .br behind it to compress it, or say how it is written with {options}. Nothing was read.");

    internal static BulkPlanException CompressedToTerminal() => Usage("Compressed bytes are not for a terminal. Name a file with --output, or send the standard output to one. Nothing was read.");

    internal static BulkPlanException NullTextNeedsQuotes() => Usage(
        "--null is written without quotes, so it can hold neither the delimiter nor a quote nor a line break. Name another text. Nothing was read.");

    internal static BulkPlanException NotATarget() => new("SLU0404", $"The database that was named is not one that Sluice knows. {Targets} Nothing was sent.");

    internal static BulkPlanException SqliteNeedsAPath() =>
        new("SLU0404", "'sqlite:' is followed by a path, without slashes before it: sqlite:data.db or sqlite:/tmp/data.db. Nothing was sent.");

    internal static BulkPlanException MemoryIsNoTarget() =>
        new("SLU0404", "A database in memory is gone when the command ends. Name a file, as data.db. Nothing was sent.");

    internal static BulkPlanException BadUrl() =>
        new("SLU0404", "The target's URL has a part that is not understood. Write postgres://user:password@host:port/database?name=value, "
            + "with '%' (%25), '/' (%2F), '?' (%3F) and ':' (%3A) in names and passwords encoded. Nothing was sent.");

    internal static BulkPlanException BadParameter(string name) =>
        new("SLU0404", $"The target gives '{name}' a value that PostgreSQL's driver does not accept. Correct the value, or leave '{name}' out. Nothing was sent.");

    internal static BulkPlanException UnknownParameter() =>
        new("SLU0404", "The target's URL has a parameter that neither libpq nor PostgreSQL's driver knows. Leave it out; '&' (%26) and '=' (%3D) in a value are encoded. Nothing was sent.");

    internal static BulkPlanException NotSupported(string name) =>
        new("SLU0725", $"The target sets '{name}', which libpq knows and PostgreSQL's driver has no equal for. Leave it out. Nothing was sent.");

    internal static BulkPlanException BadConnectionString() =>
        new("SLU0404", "The target's connection string has a keyword or a value that is not understood. Write host=… user=… dbname=… as for psql, with values that hold blanks in '…', "
            + "or Host=…;Username=…;Database=…, or a postgres:// URL. Nothing was sent.");

    internal static BulkPlanException FlagWithoutEffect(string flag, string where) =>
        new("SLU0401", $"{flag} has no effect on JSON Lines, which {where} is. Leave it out. Nothing was sent.");

    /// <summary>The core's error for a missing table, with what the command line can do about it.</summary>
    internal static BulkPlanException NoTable(BulkPlanException missing) => new(
        missing.Code, $"{WhatIsMissing(missing)} Use --table to name another, or --create to make it from the columns of what is read. Nothing was sent.", missing);

    internal static BulkPlanException NoDatabase(string path) =>
        new("SLU0402", $"There is no database '{path}'. Check the path, or use --create to make the database and the table. Nothing was sent.");

    internal static BulkPlanException NoDatabaseToRead(string path) =>
        new("SLU0407", $"There is no database '{path}'. Check the path. Nothing was read.");

    internal static BulkPlanException NoTableToRead(BulkPlanException missing) => new(missing.Code, $"{WhatIsMissing(missing)} Name another. Nothing was read.", missing);

    static string WhatIsMissing(BulkPlanException missing)
    {
        var end = missing.Message.LastIndexOf(" Nothing was sent.", StringComparison.Ordinal);
        return end < 0 ? missing.Message : missing.Message[..end].Replace(" Create it first, or ask for it to be created.", "", StringComparison.Ordinal);
    }

    internal static BulkPlanException OutputIsThere(string path) =>
        new("SLU0408", $"'{path}' is there already, and was left as it is. Name another file, or replace it with --force. Nothing was read.");

    internal static BulkPlanException OutputIsRead(string path) =>
        new("SLU0724", $"'{path}' is a file of the database that is read, under this or another name, and would be lost. Name another file. Nothing was read.");

    internal static BulkPlanException TooFewFiles(int allowed, int needed) => new(
        "SLU0723", string.Create(CultureInfo.InvariantCulture, $"The process may have {allowed} files open, and needs {needed}. Allow more with 'ulimit -n {needed * 8}'. Nothing was sent."));

    internal static BulkException DidNotStop(string verb, TimeSpan waited) => new(
        "SLU0406",
        string.Create(CultureInfo.InvariantCulture, $"The {verb} did not stop within {waited.TotalSeconds:0} seconds, so the process ended. ")
        + "The database rolls back the open transaction, unless its commit had begun already.");

    internal static BulkPlanException AnotherKey(Table table, IReadOnlyList<string> key) =>
        new("SLU0403", $"--key names {List(key)}, but the primary key of table '{table.QualifiedName}' is {(table.PrimaryKey.Count == 0 ? "none" : List(table.PrimaryKey.Select(c => c.Name)))}. "
            + "Leave --key out: an insert uses the table as it is. Nothing was sent.");

    static string List(IEnumerable<string> names) => $"({string.Join(", ", names.Select(n => $"'{n}'"))})";
}
