using Sluice.Specification.Changes;
using Sluice.Specification.Inserts;

namespace Sluice.Sqlite.Tests;

// The suites of the verbs once more, each test twice on one engine: what it does on a table that it knows is what it does on one that it does not.

public sealed class TwiceSqliteChangeSpec(TwiceSqlite database) : ChangeSpec(database), IClassFixture<TwiceSqlite>;

public sealed class TwiceSqliteReturningSpec(TwiceSqlite database) : ReturningSpec(database), IClassFixture<TwiceSqlite>;

public sealed class TwiceSqliteKeyPainsSpec(TwiceSqlite database) : KeyPainsSpec(database), IClassFixture<TwiceSqlite>;

public sealed class TwiceSqliteRowValuesSpec(TwiceSqlite database) : RowValuesSpec(database), IClassFixture<TwiceSqlite>;

public sealed class TwiceSqliteUnsetKeySpec(TwiceSqlite database) : SqliteKeysSpec(database), IClassFixture<TwiceSqlite>;

public sealed class TwiceSqliteInsertSourcesSpec(TwiceSqlite database) : InsertSourcesSpec(database), IClassFixture<TwiceSqlite>;

public sealed class TwiceSqliteInsertFaultsSpec(TwiceSqlite database) : InsertFaultsSpec(database), IClassFixture<TwiceSqlite>;

public sealed class TwiceSqliteDefaultRowsSpec(TwiceSqlite database) : DefaultRowsSpec(database), IClassFixture<TwiceSqlite>;

public sealed class TwiceSqliteModelSpec(TwiceSqlite database) : ModelSpec(database), IClassFixture<TwiceSqlite>;
