using Sluice.Specification.Law;

namespace Sluice.Sqlite.Tests;

public sealed class SqliteJsonValuesSpec(TestSqlite database) : JsonValuesSpec(database), IClassFixture<TestSqlite>;
