using System.Data.Common;
using Sluice.Sqlite;

namespace Sluice.Cli;

/// <summary>Where rows go, as the user named it. It may hold a password, so it never prints more than the database's kind.</summary>
sealed class TargetAddress
{
    const string Default = "sluice.db";

    static readonly string[] s_databaseExtensions = [".db", ".db3", ".sqlite", ".sqlite3"];

    readonly string _location;

    TargetAddress(string location, bool isPostgres, bool isDefault)
    {
        _location = location;
        IsPostgres = isPostgres;
        IsDefault = isDefault;
    }

    internal bool IsPostgres { get; }

    /// <summary>Whether neither --to nor SLUICE_TO named a target.</summary>
    internal bool IsDefault { get; }

    /// <summary>The path of an SQLite database, or null for another kind.</summary>
    internal string? SqlitePath => IsPostgres ? null : _location;

    /// <summary>The connection string of a PostgreSQL database, or null for another kind.</summary>
    internal string? ConnectionString => IsPostgres ? _location : null;

    /// <summary>Understands --to, else SLUICE_TO, else names the default.</summary>
    /// <exception cref="BulkPlanException">
    /// The text is not a target. It is not repeated in the message, since it may hold a password.
    /// </exception>
    internal static TargetAddress Parse(string? to)
    {
        var text = to ?? Environment.GetEnvironmentVariable("SLUICE_TO");
        if (string.IsNullOrEmpty(text))
            return to is null ? new TargetAddress(Default, isPostgres: false, isDefault: true) : throw TargetProblems.NotATarget();
        if (text.StartsWith("sqlite:", StringComparison.OrdinalIgnoreCase))
            return Sqlite(text["sqlite:".Length..]);
        if (text.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase))
            return Postgres(PostgresAddress.FromUrl(text));
        if (text.StartsWith("postgres:", StringComparison.OrdinalIgnoreCase) || text.StartsWith("postgresql:", StringComparison.OrdinalIgnoreCase))
            throw TargetProblems.BadUrl();
        if (IsConnectionString(text))
            return Postgres(PostgresAddress.FromConnectionString(text));
        return IsPath(text) ? Sqlite(text) : throw TargetProblems.NotATarget();
    }

    /// <summary>
    /// Whether a text that was given for a file's name is a database's address, which may hold a password and must not be repeated.
    /// </summary>
    internal static bool IsAddress(string text) =>
        text.Contains("://", StringComparison.Ordinal) || !File.Exists(text) && (Secrets.MayBeIn(text) || IsConnectionString(text));

    /// <summary>The engine for the target. It connects when it is first used.</summary>
    internal Engine Open() => IsPostgres ? OpenPostgres(_location) : SqliteEngine.Create(_location);

    /// <summary>The kind of the target, without anything that could be secret.</summary>
    public override string ToString() => SqlitePath ?? "PostgreSQL";

    // A method of its own, so that Npgsql is not loaded for an SQLite target. What files hold is encoded by Sluice or read by the server:
    // what the driver knows of the server's types would be fetched for nothing.
    static PostgreSql.PostgresEngine OpenPostgres(string connectionString) =>
        PostgreSql.PostgresEngine.Create(connectionString, new PostgreSql.PostgresEngineOptions { LoadTypes = false });

    static TargetAddress Postgres(string connectionString) => new(connectionString, isPostgres: true, isDefault: false);

    static TargetAddress Sqlite(string path)
    {
        if (path.Length == 0 || path.StartsWith("//", StringComparison.Ordinal))
            throw TargetProblems.SqliteNeedsAPath();
        if (path is ":memory:")
            throw TargetProblems.MemoryIsNoTarget();
        return new TargetAddress(path, isPostgres: false, isDefault: false);
    }

    static bool IsConnectionString(string text)
    {
        if (!text.Contains('=', StringComparison.Ordinal) || File.Exists(text))
            return false;
        // What begins as one is one, whatever is wrong with the rest of it.
        if (PostgresAddress.BeginsWithKeyword(text))
            return true;
        try
        {
            var builder = new DbConnectionStringBuilder { ConnectionString = text };
            return builder.Keys.Cast<string>().Any(PostgresAddress.IsKeyword);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    // What looks like an address with a user and a password must not become the name of a file.
    static bool IsPath(string text) =>
        text is ":memory:" || File.Exists(text) || !text.AsSpan().ContainsAny("@=;\n") && !text.Contains("://", StringComparison.Ordinal)
        && (!text.Contains(':', StringComparison.Ordinal) || s_databaseExtensions.Contains(Path.GetExtension(text), StringComparer.OrdinalIgnoreCase));
}
