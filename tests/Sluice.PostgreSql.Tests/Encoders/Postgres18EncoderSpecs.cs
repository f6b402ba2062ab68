namespace Sluice.PostgreSql.Tests.Encoders;

public sealed class Postgres18NumberEncoderSpec(Postgres18 database) : NumberEncoderSpec(database), IClassFixture<Postgres18>;

public sealed class Postgres18TextEncoderSpec(Postgres18 database) : TextEncoderSpec(database), IClassFixture<Postgres18>;

public sealed class Postgres18TimeEncoderSpec(Postgres18 database) : TimeEncoderSpec(database), IClassFixture<Postgres18>;

public sealed class Postgres18ArrayEncoderSpec(Postgres18 database) : ArrayEncoderSpec(database), IClassFixture<Postgres18>;

public sealed class Postgres18EnumEncoderSpec(Postgres18 database) : EnumEncoderSpec(database), IClassFixture<Postgres18>;

public sealed class Postgres18TextCopySpec(Postgres18 database) : TextCopySpec(database), IClassFixture<Postgres18>;

public sealed class Postgres18DriverCopySpec(Postgres18 database) : DriverCopySpec(database), IClassFixture<Postgres18>;

public sealed class Postgres18TimeDigitsSpec(Postgres18 database) : TimeDigitsSpec(database), IClassFixture<Postgres18>;
