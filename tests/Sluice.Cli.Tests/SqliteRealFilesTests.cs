using Sluice.Cli.Tests.Runs;
using Sluice.Cli.Tests.Spec;

namespace Sluice.Cli.Tests;

public sealed class SqliteRealFilesTests(CliSqlite database) : RealFilesSpec(database), IClassFixture<CliSqlite>
{
    readonly CliSqlite _database = database;

    protected override string Target => $"sqlite:{_database.FilePath}";
}
