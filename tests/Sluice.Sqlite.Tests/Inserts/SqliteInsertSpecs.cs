using Sluice.Specification.Inserts;

namespace Sluice.Sqlite.Tests.Inserts;

public sealed class SqliteInsertSourcesSpec(TestSqlite database) : InsertSourcesSpec(database), IClassFixture<TestSqlite>;

public sealed class SqliteInsertPlansSpec(TestSqlite database) : InsertPlansSpec(database), IClassFixture<TestSqlite>;

public sealed class SqliteInsertFaultsSpec(TestSqlite database) : InsertFaultsSpec(database), IClassFixture<TestSqlite>;

public sealed class SqliteDefaultRowsSpec(TestSqlite database) : DefaultRowsSpec(database), IClassFixture<TestSqlite>;
