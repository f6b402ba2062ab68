using Sluice.Specification.Hierarchies;

namespace Sluice.Sqlite.Tests.Hierarchies;

public sealed class SqliteTopologicalLevelsSpec(TestSqlite database) : TopologicalLevelsSpec(database), IClassFixture<TestSqlite>;

public sealed class SqliteTreeQueriesSpec(TestSqlite database) : TreeQueriesSpec(database), IClassFixture<TestSqlite>;

public sealed class SqliteTreeChangesSpec(TestSqlite database) : TreeChangesSpec(database), IClassFixture<TestSqlite>;
