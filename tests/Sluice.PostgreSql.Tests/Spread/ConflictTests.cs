using static Sluice.Sql;

namespace Sluice.PostgreSql.Tests.Spread;

/// <summary>SQLSTATE 40001, as a standby's recovery, another server's transaction and SERIALIZABLE give it: it may succeed when it is done again.</summary>
public abstract class ConflictTests(TestPostgres database) : IAsyncLifetime
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database.Require();
        await database.ExecuteAsync("""
            DROP SCHEMA public CASCADE; CREATE SCHEMA public;
            CREATE TABLE readings (id bigint PRIMARY KEY, name text, value int);
            INSERT INTO readings SELECT i, 'r', 0 FROM generate_series(1, 3000) i;
            CREATE FUNCTION conflict(i bigint) RETURNS int LANGUAGE plpgsql AS
            'BEGIN IF i < 2900 THEN RETURN 1; END IF; RAISE EXCEPTION ''canceling statement due to conflict with recovery'' USING ERRCODE = ''40001''; END';
            CREATE FUNCTION conflicts() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM conflict(NEW.id); RETURN NEW; END';
            CREATE VIEW standby AS SELECT id, name, conflict(id) AS value FROM readings
            """);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    static async Task AssertTransientAsync(Func<Task> act)
    {
        var failed = await Assert.ThrowsAnyAsync<BulkException>(act);
        Assert.Equal(("SLU0343", "40001", true), (failed.Code, failed.SqlState, failed.IsTransient));
        Assert.Contains("Do it again", failed.Message, StringComparison.Ordinal);
    }

    static async Task ReadAsync<T>(IAsyncEnumerable<T> rows)
    {
        await foreach (var _ in rows)
        {
            // To the row that fails.
        }
    }

    [Theory]
    [InlineData(StreamMode.Auto)]
    [InlineData(StreamMode.Direct)]
    public async Task Reading_says_so(StreamMode mode)
    {
        await using var engine = database.CreateEngine();
        var query = Text($"SELECT id, name, value FROM standby ORDER BY id");
        await AssertTransientAsync(() => engine.QueryAsync<Reading>(query, Stop));
        await AssertTransientAsync(() => ReadAsync(engine.StreamAsync<Reading>(query, new StreamOptions { Mode = mode }, Stop)));
        await AssertTransientAsync(async () =>
        {
            await using var rows = await engine.OpenRowsAsync(query, new StreamOptions { Mode = mode }, Stop);
            await engine.InsertAsync(rows, await engine.ReadTableAsync("readings", Stop), cancellationToken: Stop);
        });
        var standby = new Sluice.Table("standby", null, Reading.Table.Columns, [0]);
        await AssertTransientAsync(() => ReadAsync(engine.StreamByKeyAsync<Reading>(Select(standby).From(standby), standby.Column<long>("id"), 1_000, Stop)));
    }

    [Theory]
    [InlineData("BEFORE")]
    [InlineData("AFTER")]
    public async Task Writing_says_so(string when)
    {
        await database.ExecuteAsync($"CREATE TRIGGER conflicts {when} INSERT OR UPDATE ON readings FOR EACH ROW EXECUTE FUNCTION conflicts()");
        await using var engine = database.CreateEngine();
        await AssertTransientAsync(() => engine.InsertAsync(Reading.Many(100, from: 4_000), cancellationToken: Stop));
        await AssertTransientAsync(() => engine.UpsertAsync(Reading.Many(3_000), cancellationToken: Stop));
        await AssertTransientAsync(() => engine.UpsertAsync(Reading.Many(3_000), options: new BulkOptions { Target = new() { Path = RowPath.Staging }, Commit = CommitPolicy.PerChunk }, cancellationToken: Stop));
        await AssertTransientAsync(() => engine.UpdateAsync(Reading.Many(3_000), cancellationToken: Stop));
        await AssertTransientAsync(() => ReadAsync(engine.UpsertReturningAsync(Reading.Many(3_000), Reading.Table.Value, cancellationToken: Stop)));
        await AssertTransientAsync(() => engine.ExecuteAsync(Update(Reading.Table).Set(Reading.Table.Value, 1).Where(Reading.Table.Id > 2_950), Stop));
        Assert.Equal(0, await database.ScalarAsync<long>("SELECT count(*) FROM readings WHERE id > 3000 OR value <> 0"));
    }

    [Fact]
    public async Task Committing_says_so()
    {
        await database.ExecuteAsync("CREATE CONSTRAINT TRIGGER conflicts AFTER INSERT OR UPDATE ON readings DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION conflicts()");
        await using var engine = database.CreateEngine();
        await AssertTransientAsync(() => engine.InsertAsync(Reading.Many(100, from: 4_000), cancellationToken: Stop));
        await AssertTransientAsync(async () =>
        {
            await using var transaction = await engine.BeginAsync(cancellationToken: Stop);
            await transaction.ExecuteAsync(Update(Reading.Table).Set(Reading.Table.Value, 1).Where(Reading.Table.Id > 2_950), Stop);
            await transaction.CommitAsync(Stop);
        });
        Assert.Equal(3_000, await database.CountAsync("readings"));
    }
}

public sealed class Postgres15ConflictTests(Postgres15 database) : ConflictTests(database), IClassFixture<Postgres15>;

public sealed class Postgres18ConflictTests(Postgres18 database) : ConflictTests(database), IClassFixture<Postgres18>;
