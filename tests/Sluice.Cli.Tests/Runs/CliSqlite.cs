using Sluice.Specification.Databases;
using Sluice.Sqlite;

namespace Sluice.Cli.Tests.Runs;

public sealed class CliSqlite : SqliteDatabase
{
    public override Engine CreateEngine() => SqliteEngine.Create(FilePath);
}
