using Sluice.Specification.Databases;

namespace Sluice.PostgreSql.Tests;

public abstract class TestPostgres(int version) : PostgresDatabase(version)
{
    public override Engine CreateEngine() => PostgresEngine.Create(ConnectionString);
}
