using Sluice.Specification.Inserts;

namespace Sluice.PostgreSql.Tests.Inserts;

public sealed class Postgres18InsertSourcesSpec(Postgres18 database) : InsertSourcesSpec(database), IClassFixture<Postgres18>;

public sealed class Postgres18InsertPlansSpec(Postgres18 database) : InsertPlansSpec(database), IClassFixture<Postgres18>;

public sealed class Postgres18InsertFaultsSpec(Postgres18 database) : InsertFaultsSpec(database), IClassFixture<Postgres18>;

public sealed class Postgres18DefaultRowsSpec(Postgres18 database) : DefaultRowsSpec(database), IClassFixture<Postgres18>;
