using System.Collections.Concurrent;
using System.Diagnostics;
using Sluice.Specification.Changes;
using Sluice.Specification.Databases;
using Sluice.Specification.Inserts;
using Sluice.Specification.Loads;

namespace Sluice.PostgreSql.Tests;

public sealed class Postgres15ChangeSpec(Postgres15 database) : ChangeSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18ChangeSpec(Postgres18 database) : ChangeSpec(database), IClassFixture<Postgres18>;

public sealed class Postgres15KeylessSpec(Postgres15 database) : KeylessSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18KeylessSpec(Postgres18 database) : KeylessSpec(database), IClassFixture<Postgres18>;

public sealed class Postgres15ModelSpec(Postgres15 database) : ModelSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres15ConcurrentWritersSpec(Postgres15 database) : ConcurrentWritersSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18ModelSpec(Postgres18 database) : ModelSpec(database), IClassFixture<Postgres18>;

public sealed class Postgres18ConcurrentWritersSpec(Postgres18 database) : ConcurrentWritersSpec(database), IClassFixture<Postgres18>;

public sealed class Postgres15GraphSpec(Postgres15 database) : GraphSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18GraphSpec(Postgres18 database) : GraphSpec(database), IClassFixture<Postgres18>;

public sealed class Postgres15RealRowsSpec(Postgres15 database) : RealRowsSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18RealRowsSpec(Postgres18 database) : RealRowsSpec(database), IClassFixture<Postgres18>;

public sealed class Postgres15ReturningSpec(Postgres15 database) : ReturningSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18ReturningSpec(Postgres18 database) : ReturningSpec(database), IClassFixture<Postgres18>;

public abstract class PostgresDryRunSpec(TestPostgres database) : DryRunSpec(database)
{
    protected override string BytesType => "bytea";

    protected override async Task<string> CreateMoodAsync()
    {
        await Database.ExecuteAsync("DROP TYPE IF EXISTS mood; CREATE TYPE mood AS ENUM ('sad', 'ok')");
        return "mood";
    }
}

public sealed class Postgres15DryRunSpec(Postgres15 database) : PostgresDryRunSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18DryRunSpec(Postgres18 database) : PostgresDryRunSpec(database), IClassFixture<Postgres18>;

public abstract class PostgresPlanSpec(TestPostgres database) : PlanSpec(database)
{
    protected override IReadOnlyList<RowPath> Paths => [RowPath.Automatic, RowPath.Arrays, RowPath.Staging];

    // What the driver tells of each statement that it sends. Others' are told too, but of other activities.
    protected override async Task<IReadOnlyList<string>> SentAsync(Func<Database, Task> load)
    {
        using var ours = new Activity("load").Start();
        var (id, texts) = (ours.TraceId, new ConcurrentQueue<string>());
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = told =>
            {
                if (told.TraceId != id)
                    return;
                foreach (var (_, value) in told.TagObjects)
                {
                    if (value is string text)
                        texts.Enqueue(text);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await load(Engine);
        return [.. texts];
    }
}

public sealed class Postgres15PlanSpec(Postgres15 database) : PostgresPlanSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18PlanSpec(Postgres18 database) : PostgresPlanSpec(database), IClassFixture<Postgres18>;

public abstract class PostgresPainsSpec(TestPostgres database) : PainsSpec(database)
{
    protected override string SchemaSql =>
        "SELECT relkind, relname, relnatts, relhastriggers FROM pg_class WHERE relnamespace = 'public'::regnamespace OR relname LIKE 'sluice%' ORDER BY 1, 2";

    [Theory]
    [InlineData(RowPath.Arrays, "arrays")]
    [InlineData(RowPath.Staging, "COPY to staging, always")]
    public async Task A_way_can_be_asked_for(RowPath path, string used)
    {
        Device[] rows = [.. Enumerable.Range(0, 500).Select(i => new Device(i, "n", i, null, null))];
        var options = new BulkOptions { Target = new() { Path = path }, ChunkSize = ChunkSize.Fixed(100) };
        foreach (var result in new[] { await Engine.InsertAsync(rows, options: options), await Engine.UpsertAsync(rows, options: options), await Engine.DeleteAsync(rows, options: options) })
            Assert.Equal((500, used), (result.Loaded, result.Plan.Path.Name));
        Assert.Equal(0, await Database.CountAsync("devices"));
    }
}

public sealed class Postgres15PainsSpec(Postgres15 database) : PostgresPainsSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18PainsSpec(Postgres18 database) : PostgresPainsSpec(database), IClassFixture<Postgres18>;

[Collection(typeof(Alone))]
public sealed class Postgres15ChangeMemorySpec(Postgres15 database) : ChangeMemorySpec(database), IClassFixture<Postgres15>;

[Collection(typeof(Alone))]
public sealed class Postgres18ChangeMemorySpec(Postgres18 database) : ChangeMemorySpec(database), IClassFixture<Postgres18>;

public sealed class Postgres15ValuePainsSpec(Postgres15 database) : ValuePainsSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18ValuePainsSpec(Postgres18 database) : ValuePainsSpec(database), IClassFixture<Postgres18>;

public sealed class Postgres15KeyPainsSpec(Postgres15 database) : KeyPainsSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18KeyPainsSpec(Postgres18 database) : KeyPainsSpec(database), IClassFixture<Postgres18>;

public abstract class PostgresShapesSpec(TestPostgres database) : ShapesSpec(database)
{
    protected override IReadOnlyList<string> Storages => ["", "PARTITION BY HASH ({0})"];

    protected override IReadOnlyList<ShapeKey> Keys => [ShapeKey.Primary, ShapeKey.Unique, ShapeKey.NullsNotDistinct, ShapeKey.Partial];

    protected override IReadOnlyList<RowPath> Paths => [RowPath.Automatic, RowPath.Arrays, RowPath.Staging];
}

public sealed class Postgres15ShapesSpec(Postgres15 database) : PostgresShapesSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18ShapesSpec(Postgres18 database) : PostgresShapesSpec(database), IClassFixture<Postgres18>;

public abstract class PostgresTransactionTurnsSpec(TestPostgres database) : TransactionTurnsSpec(database)
{
    protected override Task<BegunTransaction> AttachAsync() => database.AttachAsync();
}

public sealed class Postgres15TransactionTurnsSpec(Postgres15 database) : PostgresTransactionTurnsSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18TransactionTurnsSpec(Postgres18 database) : PostgresTransactionTurnsSpec(database), IClassFixture<Postgres18>;

public sealed class Postgres15KeyIdentitySpec(Postgres15 database) : KeyIdentitySpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18KeyIdentitySpec(Postgres18 database) : KeyIdentitySpec(database), IClassFixture<Postgres18>;

public abstract class PostgresRowValuesSpec(TestPostgres database) : RowValuesSpec(database)
{
    protected override IReadOnlyList<BulkOptions> Ways =>
        [BulkOptions.Default, BulkOptions.Default, new() { Target = new() { Path = RowPath.Arrays } }, new() { Target = new() { Path = RowPath.Staging } }, new() { Commit = CommitPolicy.PerChunk, ChunkSize = ChunkSize.Fixed(150) }];

    [Fact]
    public async Task A_value_that_is_not_inserted_is_not_in_sight_behind_the_conflict()
    {
        var d = Device.Table;
        var statement = Sql.InsertInto(d).Columns(d.Site, d.Name, d.Version).Rows().OnConflict(d.Site, d.Name).DoUpdate(set => set.Set(d.Note, Sql.Row(d.Note)));
        var refused = await Assert.ThrowsAsync<BulkPlanException>(() => Engine.ExecuteManyAsync(statement, [new Device(1, "a", 1, null, "n")], cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal("SLU0177", refused.Code);
        Assert.Contains("'note'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cte_that_writes_is_run_once_and_cannot_name_a_row()
    {
        var d = Device.Table;
        var written = Sql.Update(d).Set(d.Note, Sql.Row(d.Note)).All().Returning(d.Site).AsCte("written");
        var statement = Sql.InsertInto(d).Rows().With(written);
        var refused = await Assert.ThrowsAsync<BulkPlanException>(() => Engine.ExecuteManyAsync(statement, [new Device(1, "a", 1, null, "n")], cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal("SLU0178", refused.Code);
        Assert.Contains("'written'", refused.Message, StringComparison.Ordinal);
    }
}

public abstract class PostgresUnsetKeySpec(TestPostgres database) : UnsetKeySpec(database)
{
    protected override string KeyOf(string type) => type switch
    {
        "bigint" => "bigint GENERATED BY DEFAULT AS IDENTITY",
        "uuid" => "uuid DEFAULT gen_random_uuid()",
        _ => "text DEFAULT gen_random_uuid()::text",
    };
}

public sealed class Postgres15UnsetKeySpec(Postgres15 database) : PostgresUnsetKeySpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18UnsetKeySpec(Postgres18 database) : PostgresUnsetKeySpec(database), IClassFixture<Postgres18>;

public sealed class Postgres15RowValuesSpec(Postgres15 database) : PostgresRowValuesSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18RowValuesSpec(Postgres18 database) : PostgresRowValuesSpec(database), IClassFixture<Postgres18>;

public sealed class Postgres15VerbSourcesSpec(Postgres15 database) : VerbSourcesSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18VerbSourcesSpec(Postgres18 database) : VerbSourcesSpec(database), IClassFixture<Postgres18>;

public sealed class Postgres15LimitSpec(Postgres15 database) : LimitSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18LimitSpec(Postgres18 database) : LimitSpec(database), IClassFixture<Postgres18>;

public sealed class Postgres15AdoNetSpec(Postgres15 database) : AdoNetSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18AdoNetSpec(Postgres18 database) : AdoNetSpec(database), IClassFixture<Postgres18>;

public sealed class Postgres15JsonRowsSpec(Postgres15 database) : Sluice.Specification.Inserts.JsonRowsSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18JsonRowsSpec(Postgres18 database) : Sluice.Specification.Inserts.JsonRowsSpec(database), IClassFixture<Postgres18>;
