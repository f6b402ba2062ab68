using Sluice.PostgreSql;
using Sluice.Specification.Databases;

namespace Sluice.Cli.Tests.Runs;

/// <summary>A database for the command on a server of a version.</summary>
public abstract class CliServer(int version) : PostgresDatabase(version)
{
    public override Engine CreateEngine() => PostgresEngine.Create(ConnectionString);
}
