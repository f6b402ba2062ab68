using Sluice.Specification.Faults;

namespace Sluice.PostgreSql.Tests.Faults;

public sealed class Postgres15ValueFaultsSpec(Postgres15 database) : ValueFaultsSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18ValueFaultsSpec(Postgres18 database) : ValueFaultsSpec(database), IClassFixture<Postgres18>;
