using Sluice.Specification.Databases;

namespace Sluice.Sqlite.Tests;

public sealed class TestSqlite : SqliteDatabase
{
    public override Engine CreateEngine() => SqliteEngine.Create(FilePath);
}
