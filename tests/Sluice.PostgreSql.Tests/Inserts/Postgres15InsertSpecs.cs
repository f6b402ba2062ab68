using Sluice.Specification.Inserts;

namespace Sluice.PostgreSql.Tests.Inserts;

public sealed class Postgres15InsertSourcesSpec(Postgres15 database) : InsertSourcesSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres15InsertPlansSpec(Postgres15 database) : InsertPlansSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres15InsertFaultsSpec(Postgres15 database) : InsertFaultsSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres15DefaultRowsSpec(Postgres15 database) : DefaultRowsSpec(database), IClassFixture<Postgres15>;
