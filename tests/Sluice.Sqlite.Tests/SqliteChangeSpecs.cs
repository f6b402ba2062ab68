using Sluice.Specification.Changes;

namespace Sluice.Sqlite.Tests;

public sealed class SqliteChangeSpec(TestSqlite database) : ChangeSpec(database), IClassFixture<TestSqlite>;
