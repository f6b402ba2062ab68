using System.ComponentModel.DataAnnotations;
using Sluice.Planning;
using Sluice.Rows;
using Sluice.Specification.Changes;
using Sluice.Specification.Reading;
using static Sluice.Sql;

namespace Sluice.PostgreSql.Tests;

/// <summary>How the server joins rows with a table: which plans it may keep, and what is set for them.</summary>
public abstract class JoinPlanTests(TestPostgres database) : IAsyncLifetime
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database.Require();
        await database.ExecuteAsync("DROP TABLE IF EXISTS devices CASCADE; CREATE TABLE devices (site bigint, name text, version int NOT NULL, value double precision, note text, PRIMARY KEY (site, name))");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_join_with_staged_rows_is_planned_for_each_chunk(bool deletes)
    {
        Device[] rows = [.. Enumerable.Range(0, 2_000).Select(i => new Device(i % 7, $"k{i}", i, i / 2.0, null))];
        await using var engine = PostgresEngine.Create(database.ConnectionString, new PostgresEngineOptions { PoolSize = 1, MaxOverflow = 0 });
        await engine.InsertAsync(rows, cancellationToken: Stop);
        var staged = new BulkOptions { Target = new() { Path = RowPath.Staging }, ChunkSize = ChunkSize.Fixed(100), Commit = CommitPolicy.PerChunk };

        var result = deletes
            ? await engine.DeleteAsync(rows, options: staged, cancellationToken: Stop)
            : await engine.UpdateAsync([.. rows.Select(r => r with { Note = "again" })], options: staged, cancellationToken: Stop);

        Assert.Equal(2_000, result.Loaded);
        var kept = await engine.QueryAsync<string>(Text($"SELECT statement FROM pg_prepared_statements"), Stop);
        Assert.DoesNotContain(kept, statement => statement.Contains("sluice_rows", StringComparison.Ordinal) && statement.Contains("devices", StringComparison.Ordinal) && !statement.StartsWith("COPY", StringComparison.Ordinal));
        Assert.Equal(deletes ? 0 : 2_000, await database.ScalarAsync<long>("SELECT count(*) FROM devices WHERE note = 'again'"));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(9_000)]
    public async Task What_orders_a_join_ends_with_the_load(int count)
    {
        await database.ExecuteAsync("DROP TABLE IF EXISTS made_ticks");
        await using var engine = PostgresEngine.Create(database.ConnectionString, new PostgresEngineOptions { PoolSize = 1, MaxOverflow = 0 });
        await engine.CreateTableAsync(MadeTick.Table, Stop);
        MadeTick[] rows = [.. Enumerable.Range(1, count).Select(i => new MadeTick(i, 0, DateTimeOffset.UnixEpoch, null))];
        await engine.InsertAsync(rows, cancellationToken: Stop);
        var settings = await SettingsAsync(engine);

        Assert.Equal(count, (await engine.UpdateAsync(rows.Select(r => r with { Score = 1 }), cancellationToken: Stop)).Updated);
        Assert.Equal(settings, await SettingsAsync(engine));
        await using var transaction = await engine.BeginAsync(cancellationToken: Stop);
        Assert.Equal(count, (await transaction.UpdateAsync(rows.Select(r => r with { Score = 2 }), cancellationToken: Stop)).Updated);
        Assert.Equal(settings, await SettingsAsync(transaction));
        await transaction.CommitAsync(Stop);
        Assert.Equal(count, await database.ScalarAsync<long>("SELECT count(*) FROM made_ticks WHERE score = 2"));
    }

    [Theory]
    [InlineData(2_000, false)]
    [InlineData(40_000, false)]
    [InlineData(40_000, true)]
    public async Task Rows_are_changed_in_the_order_of_their_keys(int count, bool hasOtherIndex)
    {
        await database.ExecuteAsync("DROP TABLE IF EXISTS cells; CREATE TABLE cells (line int, place int, value int NOT NULL, PRIMARY KEY (line, place))");
        await using var engine = database.CreateEngine();
        Cell[] rows = [.. Enumerable.Range(0, count).Select(i => new Cell(i % 200, i / 200, 0))];
        await engine.InsertAsync(rows, options: new BulkOptions { Order = RowOrder.AsGiven }, cancellationToken: Stop);
        // The server would rather merge by this one, in the order in which the rows stand.
        if (hasOtherIndex)
            await database.ExecuteAsync("CREATE INDEX ON cells (place, line)");
        // Without pages that are empty yet, which would be filled later than those behind them.
        await database.ExecuteAsync("VACUUM FULL ANALYZE cells");
        new Random(1).Shuffle(rows);

        Assert.Equal(count, (await engine.UpdateAsync(rows.Select(r => r with { Value = r.Line + r.Place }).ToArray(), cancellationToken: Stop)).Updated);

        // Each changed row is written behind the one before it.
        Assert.Equal($"{count}|0", (await database.RunPsqlAsync("""
            SELECT count(*) FILTER (WHERE value = line + place), count(*) FILTER (WHERE goes_back)
            FROM (SELECT *, (line, place) < lag((line, place)) OVER (ORDER BY ctid) AS goes_back FROM cells) changed
            """)).Trim());
    }

    [Fact]
    public async Task A_plan_shows_what_orders_the_join()
    {
        await database.ExecuteAsync("DROP TABLE IF EXISTS made_ticks");
        await using var engine = database.CreateEngine();
        await engine.CreateTableAsync(MadeTick.Table, Stop);
        var numbers = RowSource.From([new MadeTick(1, 0, DateTimeOffset.UnixEpoch, null)]);
        var texts = RowSource.From([new Device(1, "a", 1, null, null)]);
        const string Locks = "FOR NO KEY UPDATE";
        const string Settings = "set_config('enable_hashjoin', 'off', true)";

        Assert.True(Shows(await engine.PlanUpdateAsync(numbers, cancellationToken: Stop), Settings));
        Assert.False(Shows(await engine.PlanUpdateAsync(numbers, cancellationToken: Stop), Locks));
        Assert.True(Shows(await engine.PlanUpdateAsync(texts, cancellationToken: Stop), Locks));
        // What is set would outlive the load.
        await using var transaction = await engine.BeginAsync(cancellationToken: Stop);
        Assert.True(Shows(await transaction.PlanUpdateAsync(numbers, cancellationToken: Stop), Locks));
        Assert.False(Shows(await transaction.PlanUpdateAsync(numbers, cancellationToken: Stop), Settings));

        static bool Shows(BulkPlan plan, string text) => plan.Statements.Any(s => s.Contains(text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_trigger_s_own_statements_are_planned_as_ever()
    {
        await database.ExecuteAsync("DROP TABLE IF EXISTS made_ticks; DROP TABLE IF EXISTS seen");
        await using var engine = database.CreateEngine();
        await engine.CreateTableAsync(MadeTick.Table, Stop);
        MadeTick[] rows = [.. Enumerable.Range(1, 300).Select(i => new MadeTick(i, 0, DateTimeOffset.UnixEpoch, null))];
        await engine.InsertAsync(rows, cancellationToken: Stop);
        await database.ExecuteAsync("""
            CREATE TABLE seen (hashes text, scans text);
            CREATE OR REPLACE FUNCTION see() RETURNS trigger LANGUAGE plpgsql AS
            'BEGIN INSERT INTO seen VALUES (current_setting(''enable_hashjoin''), current_setting(''enable_seqscan'')); RETURN NEW; END';
            CREATE TRIGGER see BEFORE UPDATE ON made_ticks FOR EACH ROW EXECUTE FUNCTION see()
            """);

        Assert.Equal(300, (await engine.UpdateAsync(rows.Select(r => r with { Score = 1 }), cancellationToken: Stop)).Updated);

        Assert.Equal("300|on|on", (await database.RunPsqlAsync("SELECT count(*), min(hashes), min(scans) FROM seen")).Trim());
    }

    static async Task<string> SettingsAsync(Database connection) =>
        (await connection.QueryAsync<string>(Text($"SELECT string_agg(name || setting, ',' ORDER BY name) FROM pg_settings WHERE name LIKE 'enable%' OR name = 'jit'"), Stop))[0];
}

[RowOf("cells")]
readonly partial record struct Cell([property: Key] int Line, [property: Key] int Place, int Value);

public sealed class Postgres15JoinPlanTests(Postgres15 database) : JoinPlanTests(database), IClassFixture<Postgres15>;

public sealed class Postgres18JoinPlanTests(Postgres18 database) : JoinPlanTests(database), IClassFixture<Postgres18>;
