using Sluice.Specification.Schema;
using Sluice.Specification.Statements;

namespace Sluice.Sqlite.Tests;

public sealed class SqliteStatementSpec(TestSqlite database) : StatementSpec(database), IClassFixture<TestSqlite>;

public sealed class SqliteInjectionSpec(TestSqlite database) : InjectionSpec(database), IClassFixture<TestSqlite>;

public sealed class SqliteCreateTableSpec(TestSqlite database) : CreateTableSpec(database), IClassFixture<TestSqlite>;

public sealed class SqliteValueOrderSpec(TestSqlite database) : ValueOrderSpec(database), IClassFixture<TestSqlite>;

public sealed class SqliteTextHolesSpec(TestSqlite database) : Sluice.Specification.Statements.TextHolesSpec(database), IClassFixture<TestSqlite>;

public sealed class SqliteColumnNamesSpec(TestSqlite database) : ColumnNamesSpec(database), IClassFixture<TestSqlite>;
