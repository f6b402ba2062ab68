using Sluice.Specification.Faults;

namespace Sluice.Sqlite.Tests.Faults;

public sealed class SqliteValueFaultsSpec(TestSqlite database) : ValueFaultsSpec(database), IClassFixture<TestSqlite>;
