using Sluice.Specification.Statements;

namespace Sluice.Sqlite.Tests;

public sealed class SqliteStatementSpec(TestSqlite database) : StatementSpec(database), IClassFixture<TestSqlite>;
