using Sluice.Specification.Hierarchies;

namespace Sluice.PostgreSql.Tests.Hierarchies;

public sealed class Postgres15TopologicalLevelsSpec(Postgres15 database) : TopologicalLevelsSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18TopologicalLevelsSpec(Postgres18 database) : TopologicalLevelsSpec(database), IClassFixture<Postgres18>;

public sealed class Postgres15TreeQueriesSpec(Postgres15 database) : TreeQueriesSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18TreeQueriesSpec(Postgres18 database) : TreeQueriesSpec(database), IClassFixture<Postgres18>;

public sealed class Postgres15TreeChangesSpec(Postgres15 database) : TreeChangesSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18TreeChangesSpec(Postgres18 database) : TreeChangesSpec(database), IClassFixture<Postgres18>;
