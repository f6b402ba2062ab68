using Sluice.Cli.Tests.Runs;
using Sluice.Cli.Tests.Spec;

namespace Sluice.Cli.Tests;

public sealed class PostgresRealFilesTests(CliPostgres database) : RealFilesSpec(database), IClassFixture<CliPostgres>
{
    readonly CliPostgres _database = database;

    protected override string Target => _database.ConnectionString;
}
