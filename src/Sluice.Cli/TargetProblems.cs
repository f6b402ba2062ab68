namespace Sluice.Cli;

/// <summary>What is wrong with the address of a database. No text repeats what may hold a password.</summary>
static class TargetProblems
{
    internal static BulkPlanException NotATarget() => NotUnderstood(
        "The database that was named is not one that Sluice knows",
        "Name a file (data.db, or sqlite:PATH), a URL (postgres://user@host/database), or a connection string (host=… dbname=…, as for psql, or Host=…;Database=…).");

    internal static BulkPlanException SqliteNeedsAPath() =>
        NotUnderstood("'sqlite:' is followed by a path, without slashes before it: sqlite:data.db or sqlite:/tmp/data.db", "");

    internal static BulkPlanException BadUrl() => NotUnderstood(
        "The target's URL has a part that is not understood",
        "Write postgres://user:password@host:port/database?name=value, with '%' (%25), '/' (%2F), '?' (%3F) and ':' (%3A) in names and passwords encoded.");

    internal static BulkPlanException BadParameter(string name) => NotUnderstood(
        $"The target gives '{name}' a value that PostgreSQL's driver does not accept", $"Correct the value, or leave '{name}' out.");

    internal static BulkPlanException UnknownParameter() => NotUnderstood(
        "The target's URL has a parameter that neither libpq nor PostgreSQL's driver knows", "Leave it out; '&' (%26) and '=' (%3D) in a value are encoded.");

    internal static BulkPlanException BadConnectionString() => NotUnderstood(
        "The target's connection string has a keyword or a value that is not understood",
        "Write host=… user=… dbname=… as for psql, with values that hold blanks in '…', or Host=…;Username=…;Database=…, or a postgres:// URL.");

    internal static BulkPlanException MemoryIsNoTarget() => NotUnderstood(
        "A database in memory is gone when the command ends", "Name a file, as data.db.");

    internal static BulkPlanException NotSupported(string name) => new(
        "SLU0725", $"The target sets '{name}', which libpq knows and PostgreSQL's driver has no equal for", "Leave it out.");

    static BulkPlanException NotUnderstood(string problem, string remedy) => new("SLU0404", problem, remedy);
}
