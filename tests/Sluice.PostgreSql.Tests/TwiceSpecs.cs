using Sluice.Specification.Changes;
using Sluice.Specification.Inserts;

namespace Sluice.PostgreSql.Tests;

// The suites of the verbs once more, each test twice on one engine: what it does on a table that it knows is what it does on one that it does not.

public sealed class TwicePostgres15ChangeSpec(TwicePostgres15 database) : ChangeSpec(database), IClassFixture<TwicePostgres15>;

public sealed class TwicePostgres15ReturningSpec(TwicePostgres15 database) : ReturningSpec(database), IClassFixture<TwicePostgres15>;

public sealed class TwicePostgres15KeyPainsSpec(TwicePostgres15 database) : KeyPainsSpec(database), IClassFixture<TwicePostgres15>;

public sealed class TwicePostgres15RowValuesSpec(TwicePostgres15 database) : PostgresRowValuesSpec(database), IClassFixture<TwicePostgres15>;

public sealed class TwicePostgres15UnsetKeySpec(TwicePostgres15 database) : PostgresUnsetKeySpec(database), IClassFixture<TwicePostgres15>;

public sealed class TwicePostgres15InsertSourcesSpec(TwicePostgres15 database) : InsertSourcesSpec(database), IClassFixture<TwicePostgres15>;

public sealed class TwicePostgres15InsertFaultsSpec(TwicePostgres15 database) : InsertFaultsSpec(database), IClassFixture<TwicePostgres15>;

public sealed class TwicePostgres15DefaultRowsSpec(TwicePostgres15 database) : DefaultRowsSpec(database), IClassFixture<TwicePostgres15>;

public sealed class TwicePostgres15ModelSpec(TwicePostgres15 database) : ModelSpec(database), IClassFixture<TwicePostgres15>;

public sealed class TwicePostgres18ChangeSpec(TwicePostgres18 database) : ChangeSpec(database), IClassFixture<TwicePostgres18>;

public sealed class TwicePostgres18ReturningSpec(TwicePostgres18 database) : ReturningSpec(database), IClassFixture<TwicePostgres18>;

public sealed class TwicePostgres18KeyPainsSpec(TwicePostgres18 database) : KeyPainsSpec(database), IClassFixture<TwicePostgres18>;

public sealed class TwicePostgres18RowValuesSpec(TwicePostgres18 database) : PostgresRowValuesSpec(database), IClassFixture<TwicePostgres18>;

public sealed class TwicePostgres18UnsetKeySpec(TwicePostgres18 database) : PostgresUnsetKeySpec(database), IClassFixture<TwicePostgres18>;

public sealed class TwicePostgres18InsertSourcesSpec(TwicePostgres18 database) : InsertSourcesSpec(database), IClassFixture<TwicePostgres18>;

public sealed class TwicePostgres18InsertFaultsSpec(TwicePostgres18 database) : InsertFaultsSpec(database), IClassFixture<TwicePostgres18>;

public sealed class TwicePostgres18DefaultRowsSpec(TwicePostgres18 database) : DefaultRowsSpec(database), IClassFixture<TwicePostgres18>;

public sealed class TwicePostgres18ModelSpec(TwicePostgres18 database) : ModelSpec(database), IClassFixture<TwicePostgres18>;
