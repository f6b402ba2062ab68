using Sluice.Specification.Changes;

namespace Sluice.PostgreSql.Tests;

public sealed class Postgres15ChangeSpec(Postgres15 database) : ChangeSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18ChangeSpec(Postgres18 database) : ChangeSpec(database), IClassFixture<Postgres18>;

public sealed class Postgres15ModelSpec(Postgres15 database) : ModelSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres15ConcurrentWritersSpec(Postgres15 database) : ConcurrentWritersSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18ModelSpec(Postgres18 database) : ModelSpec(database), IClassFixture<Postgres18>;

public sealed class Postgres18ConcurrentWritersSpec(Postgres18 database) : ConcurrentWritersSpec(database), IClassFixture<Postgres18>;

public sealed class Postgres15GraphSpec(Postgres15 database) : GraphSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18GraphSpec(Postgres18 database) : GraphSpec(database), IClassFixture<Postgres18>;

public sealed class Postgres15ReturningSpec(Postgres15 database) : ReturningSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18ReturningSpec(Postgres18 database) : ReturningSpec(database), IClassFixture<Postgres18>;
