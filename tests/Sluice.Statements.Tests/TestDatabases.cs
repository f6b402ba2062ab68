using Sluice.PostgreSql;
using Sluice.Specification.Databases;
using Sluice.Sqlite;

namespace Sluice.Statements.Tests;

public sealed class LiteDatabase : SqliteDatabase
{
    public override Engine CreateEngine() => SqliteEngine.Create(FilePath);
}

public sealed class Postgres15Database() : PostgresDatabase(15)
{
    public override Engine CreateEngine() => PostgresEngine.Create(ConnectionString);
}

public sealed class Postgres18Database() : PostgresDatabase(18)
{
    public override Engine CreateEngine() => PostgresEngine.Create(ConnectionString);
}
