using Sluice.Specification.Changes;

namespace Sluice.PostgreSql.Tests;

public sealed class Postgres15ChangeSpec(Postgres15 database) : ChangeSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18ChangeSpec(Postgres18 database) : ChangeSpec(database), IClassFixture<Postgres18>;
