using Sluice.Specification.Changes;

namespace Sluice.Sqlite.Tests;

public sealed class SqliteChangeSpec(TestSqlite database) : ChangeSpec(database), IClassFixture<TestSqlite>;

public sealed class SqliteModelSpec(TestSqlite database) : ModelSpec(database), IClassFixture<TestSqlite>;

public sealed class SqliteConcurrentWritersSpec(TestSqlite database) : ConcurrentWritersSpec(database), IClassFixture<TestSqlite>;

public sealed class SqliteReturningSpec(TestSqlite database) : ReturningSpec(database), IClassFixture<TestSqlite>;
