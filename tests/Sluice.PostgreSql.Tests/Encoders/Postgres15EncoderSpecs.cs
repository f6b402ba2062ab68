namespace Sluice.PostgreSql.Tests.Encoders;

public sealed class Postgres15NumberEncoderSpec(Postgres15 database) : NumberEncoderSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres15TextEncoderSpec(Postgres15 database) : TextEncoderSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres15TimeEncoderSpec(Postgres15 database) : TimeEncoderSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres15ArrayEncoderSpec(Postgres15 database) : ArrayEncoderSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres15EnumEncoderSpec(Postgres15 database) : EnumEncoderSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres15TextCopySpec(Postgres15 database) : TextCopySpec(database), IClassFixture<Postgres15>;

public sealed class Postgres15DriverCopySpec(Postgres15 database) : DriverCopySpec(database), IClassFixture<Postgres15>;

public sealed class Postgres15TimeDigitsSpec(Postgres15 database) : TimeDigitsSpec(database), IClassFixture<Postgres15>;
