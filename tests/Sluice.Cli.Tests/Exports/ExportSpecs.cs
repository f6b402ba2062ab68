using Sluice.Cli.Tests.Runs;

namespace Sluice.Cli.Tests.Exports;

public sealed class SqliteExportSpec(CliSqlite database) : ExportSpec(database), IClassFixture<CliSqlite>
{
    readonly CliSqlite _database = database;

    protected override string Target => $"sqlite:{_database.FilePath}";
}

public sealed class Postgres15ExportSpec(CliPostgres15 database) : ExportSpec(database), IClassFixture<CliPostgres15>
{
    readonly CliPostgres15 _database = database;

    protected override string Target => _database.ConnectionString;
}

public sealed class Postgres18ExportSpec(CliPostgres database) : ExportSpec(database), IClassFixture<CliPostgres>
{
    readonly CliPostgres _database = database;

    protected override string Target => _database.ConnectionString;
}
