using Microsoft.Data.Sqlite;
using SQLitePCL;
using Sluice.Specification.Changes;
using Sluice.Specification.Databases;
using Sluice.Specification.Inserts;
using Sluice.Specification.Loads;

namespace Sluice.Sqlite.Tests;

public sealed class SqliteChangeSpec(TestSqlite database) : ChangeSpec(database), IClassFixture<TestSqlite>;

public sealed class SqliteKeylessSpec(TestSqlite database) : KeylessSpec(database), IClassFixture<TestSqlite>;

public sealed class SqliteModelSpec(TestSqlite database) : ModelSpec(database), IClassFixture<TestSqlite>;

public sealed class SqliteShapesSpec(TestSqlite database) : ShapesSpec(database), IClassFixture<TestSqlite>
{
    protected override IReadOnlyList<string> Storages => ["", "WITHOUT ROWID"];

    protected override IReadOnlyList<ShapeKey> Keys => [ShapeKey.Primary, ShapeKey.Unique, ShapeKey.Partial];

    protected override IReadOnlyList<RowPath> Paths => [RowPath.Automatic];
}

public sealed class SqliteDryRunSpec(TestSqlite database) : DryRunSpec(database), IClassFixture<TestSqlite>
{
    protected override string BytesType => "blob";

    protected override Task<string> CreateMoodAsync() => Task.FromResult("text");
}

public sealed class SqlitePlanSpec(TestSqlite database) : PlanSpec(database), IClassFixture<TestSqlite>
{
    protected override IReadOnlyList<RowPath> Paths => [RowPath.Automatic];

    protected override async Task<IReadOnlyList<string>> SentAsync(Func<Database, Task> load)
    {
        var texts = new HashSet<string>(StringComparer.Ordinal);
        await using var connection = new SqliteConnection($"Data Source={database.FilePath};Pooling=False");
        await connection.OpenAsync(Stop);
        raw.sqlite3_profile(connection.Handle, (_, text, _) => texts.Add(text), null);
        await using (var attached = SqliteEngine.Attach(connection))
            await load(attached);
        return [.. texts];
    }
}

public sealed class SqliteConcurrentWritersSpec(TestSqlite database) : ConcurrentWritersSpec(database), IClassFixture<TestSqlite>;

public sealed class SqliteGraphSpec(TestSqlite database) : GraphSpec(database), IClassFixture<TestSqlite>;

public sealed class SqliteRealRowsSpec(TestSqlite database) : RealRowsSpec(database), IClassFixture<TestSqlite>;

public sealed class SqliteReturningSpec(TestSqlite database) : ReturningSpec(database), IClassFixture<TestSqlite>;

public sealed class SqliteKeyPainsSpec(TestSqlite database) : KeyPainsSpec(database), IClassFixture<TestSqlite>;

[Collection(typeof(Alone))]
public sealed class SqliteChangeMemorySpec(TestSqlite database) : ChangeMemorySpec(database), IClassFixture<TestSqlite>;

public sealed class SqliteValuePainsSpec(TestSqlite database) : ValuePainsSpec(database), IClassFixture<TestSqlite>;

public sealed class SqlitePainsSpec(TestSqlite database) : PainsSpec(database), IClassFixture<TestSqlite>
{
    protected override string SchemaSql => "SELECT type, name, sql FROM sqlite_schema UNION ALL SELECT type, name, sql FROM sqlite_temp_schema ORDER BY 1, 2";
}

/// <summary>Tables whose rows have no numbers: SQLite does not tell of each whether it was new.</summary>
public sealed class WithoutRowIdReturningTests(TestSqlite database) : IClassFixture<TestSqlite>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_became_of_each_row_is_told()
    {
        await database.ExecuteAsync("CREATE TABLE devices (site INTEGER, name TEXT, version INTEGER NOT NULL, value REAL, note TEXT, PRIMARY KEY (site, name)) WITHOUT ROWID");
        Device[] rows = [.. Enumerable.Range(0, 500).Select(i => new Device(i % 7, $"k{i}", i, i / 2.0, null))];
        await database.Engine.InsertAsync(rows.Where(r => r.Version % 3 == 0), cancellationToken: Stop);
        var returned = database.Engine.UpsertReturningAsync(
            rows.Select(r => r with { Note = "n" }), Device.Table.Version, on: on =>
                on.Where(Device.Table.Version % 2 == 0), options: new() { ChunkSize = ChunkSize.Fixed(37) }, cancellationToken: Stop);
        await foreach (var (row, version, action) in returned)
        {
            var expected = row.Version % 3 != 0 ? RowAction.Inserted : row.Version % 2 == 0 ? RowAction.Updated : RowAction.Unchanged;
            Assert.Equal((row.Version, expected), (version, action));
        }
        Assert.Equal((333, 84, 83), (returned.Result.Inserted, returned.Result.Updated, returned.Result.Unchanged));
        Assert.Equal(83, await database.ScalarAsync<long>("SELECT count(*) FROM devices WHERE note IS NULL"));
    }
}

public sealed class SqliteTransactionTurnsSpec(TestSqlite database) : TransactionTurnsSpec(database), IClassFixture<TestSqlite>
{
    readonly TestSqlite _database = database;

    protected override Task<BegunTransaction> AttachAsync() => _database.AttachAsync();
}

public sealed class SqliteKeyIdentitySpec(TestSqlite database) : KeyIdentitySpec(database), IClassFixture<TestSqlite>;

public abstract class SqliteKeysSpec(TestSqlite database) : UnsetKeySpec(database)
{
    protected override string KeyOf(string type) => type switch
    {
        "bigint" => "INTEGER",
        "uuid" => "UUID DEFAULT (upper(hex(randomblob(16))))",
        _ => "TEXT DEFAULT (hex(randomblob(8)))",
    };
}

public sealed class SqliteUnsetKeySpec(TestSqlite database) : SqliteKeysSpec(database), IClassFixture<TestSqlite>;

public sealed class SqliteRowValuesSpec(TestSqlite database) : RowValuesSpec(database), IClassFixture<TestSqlite>;

public sealed class SqliteVerbSourcesSpec(TestSqlite database) : VerbSourcesSpec(database), IClassFixture<TestSqlite>;

public sealed class SqliteLimitSpec(TestSqlite database) : LimitSpec(database), IClassFixture<TestSqlite>;

public sealed class SqliteAdoNetSpec(TestSqlite database) : AdoNetSpec(database), IClassFixture<TestSqlite>;

public sealed class SqliteJsonRowsSpec(TestSqlite database) : Sluice.Specification.Inserts.JsonRowsSpec(database), IClassFixture<TestSqlite>;
