using Sluice.Cli.Tests.Runs;
using Sluice.Cli.Tests.Spec;

namespace Sluice.Cli.Tests;

public sealed class SqliteLoadTests(CliSqlite database) : LoadSpec(database), IClassFixture<CliSqlite>
{
    readonly CliSqlite _sqlite = database;

    protected override string Target => $"sqlite:{_sqlite.FilePath}";
}
