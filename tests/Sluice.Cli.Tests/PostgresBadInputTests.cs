using Sluice.Cli.Tests.Runs;
using Sluice.Cli.Tests.Spec;

namespace Sluice.Cli.Tests;

public sealed class PostgresBadInputTests(CliPostgres database) : BadInputSpec(database), IClassFixture<CliPostgres>
{
    readonly CliPostgres _postgres = database;

    protected override string Target => _postgres.ConnectionString;
}
