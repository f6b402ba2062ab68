using Sluice.Specification.Databases;
using Sluice.Specification.Reading;

namespace Sluice.Sqlite.Tests.Reading;

public sealed class SqliteStreamSpec(TestSqlite database) : StreamSpec(database), IClassFixture<TestSqlite>;

public sealed class SqliteStreamFaultsSpec(TestSqlite database) : StreamFaultsSpec(database), IClassFixture<TestSqlite>;

[Collection(typeof(Alone))]
public sealed class SqliteStreamMemorySpec(TestSqlite database) : StreamMemorySpec(database), IClassFixture<TestSqlite>;

public sealed class SqliteStreamByKeySpec(TestSqlite database) : StreamByKeySpec(database), IClassFixture<TestSqlite>;

public sealed class SqliteDataReaderSpec(TestSqlite database) : DataReaderSpec(database), IClassFixture<TestSqlite>;

public sealed class SqliteDataReaderFaultsSpec(TestSqlite database) : DataReaderFaultsSpec(database), IClassFixture<TestSqlite>;

public sealed class SqlitePipelineSpec(TestSqlite database) : PipelineSpec(database), IClassFixture<TestSqlite>;

[Collection(typeof(Alone))]
public sealed class SqlitePipelineMemorySpec(TestSqlite database) : PipelineMemorySpec(database), IClassFixture<TestSqlite>;

public sealed class SqliteTransactionPipelineSpec(TestSqlite database) : TransactionPipelineSpec(database), IClassFixture<TestSqlite>
{
    readonly TestSqlite _database = database;

    protected override Task<BegunTransaction> AttachAsync() => _database.AttachAsync();

    protected override bool DirectOccupies => false;

    protected override string ListTables => "SELECT name FROM sqlite_schema WHERE type = 'table'";
}

public sealed class SqliteFirstRowsSpec(TestSqlite database) : FirstRowsSpec(database), IClassFixture<TestSqlite>
{
    // The absolute value of the smallest integer is none.
    protected override string ThirdRowFails =>
        "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 1000) SELECT CASE WHEN n > 2 THEN abs(-9223372036854775807 - n / n) ELSE n END AS id FROM c";
}
