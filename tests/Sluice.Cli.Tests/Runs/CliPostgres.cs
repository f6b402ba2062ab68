using Sluice.PostgreSql;
using Sluice.Specification.Databases;

namespace Sluice.Cli.Tests.Runs;

public sealed class CliPostgres() : PostgresDatabase(18)
{
    public override Engine CreateEngine() => PostgresEngine.Create(ConnectionString);
}
