using Sluice.Specification.Schema;
using Sluice.Specification.Statements;

namespace Sluice.PostgreSql.Tests;

public sealed class Postgres15StatementSpec(Postgres15 database) : StatementSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18StatementSpec(Postgres18 database) : StatementSpec(database), IClassFixture<Postgres18>;

public sealed class Postgres15InjectionSpec(Postgres15 database) : InjectionSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18InjectionSpec(Postgres18 database) : InjectionSpec(database), IClassFixture<Postgres18>;

public sealed class Postgres15CreateTableSpec(Postgres15 database) : CreateTableSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18CreateTableSpec(Postgres18 database) : CreateTableSpec(database), IClassFixture<Postgres18>;

public sealed class Postgres15ValueOrderSpec(Postgres15 database) : ValueOrderSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18ValueOrderSpec(Postgres18 database) : ValueOrderSpec(database), IClassFixture<Postgres18>;

public sealed class Postgres15TextHolesSpec(Postgres15 database) : Sluice.Specification.Statements.TextHolesSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18TextHolesSpec(Postgres18 database) : Sluice.Specification.Statements.TextHolesSpec(database), IClassFixture<Postgres18>;

public sealed class Postgres15ColumnNamesSpec(Postgres15 database) : ColumnNamesSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18ColumnNamesSpec(Postgres18 database) : ColumnNamesSpec(database), IClassFixture<Postgres18>;
