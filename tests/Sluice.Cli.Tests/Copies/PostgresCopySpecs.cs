using Sluice.Cli.Tests.Runs;

namespace Sluice.Cli.Tests.Copies;

public sealed class Postgres15CopySpec(CliPostgres15 database) : CopySpec(database), IClassFixture<CliPostgres15>;

public sealed class Postgres18CopySpec(CliPostgres database) : CopySpec(database), IClassFixture<CliPostgres>;
