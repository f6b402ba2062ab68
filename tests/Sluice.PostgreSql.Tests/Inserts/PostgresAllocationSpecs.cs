using Sluice.Specification.Inserts;

namespace Sluice.PostgreSql.Tests.Inserts;

[Collection(typeof(Alone))]
public sealed class Postgres15AllocationSpec(Postgres15 database) : AllocationSpec(database), IClassFixture<Postgres15>;

[Collection(typeof(Alone))]
public sealed class Postgres18AllocationSpec(Postgres18 database) : AllocationSpec(database), IClassFixture<Postgres18>;
