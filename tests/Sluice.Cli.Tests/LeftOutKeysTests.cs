using Sluice.Cli.Tests.Runs;
using Sluice.Cli.Tests.Spec;

namespace Sluice.Cli.Tests;

public sealed class SqliteLeftOutKeysTests(CliSqlite database) : LeftOutKeysSpec(database), IClassFixture<CliSqlite>
{
    protected override IReadOnlyList<string> Storages => ["", "WITHOUT ROWID"];
}

public sealed class PostgresLeftOutKeysTests(CliPostgres database) : LeftOutKeysSpec(database), IClassFixture<CliPostgres>;

public sealed class Postgres15LeftOutKeysTests(CliPostgres15 database) : LeftOutKeysSpec(database), IClassFixture<CliPostgres15>;
