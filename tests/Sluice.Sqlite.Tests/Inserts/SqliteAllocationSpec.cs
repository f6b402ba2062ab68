using Sluice.Specification.Inserts;

namespace Sluice.Sqlite.Tests.Inserts;

[Collection(typeof(Alone))]
public sealed class SqliteAllocationSpec(TestSqlite database) : AllocationSpec(database), IClassFixture<TestSqlite>;
