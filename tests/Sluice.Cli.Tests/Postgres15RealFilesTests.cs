using Sluice.Cli.Tests.Runs;
using Sluice.Cli.Tests.Spec;

namespace Sluice.Cli.Tests;

public sealed class Postgres15RealFilesTests(CliPostgres15 database) : RealFilesSpec(database), IClassFixture<CliPostgres15>
{
    readonly CliPostgres15 _database = database;

    protected override string Target => _database.ConnectionString;
}
