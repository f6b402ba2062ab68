using Npgsql;

namespace Sluice.PostgreSql.Tests.Spread;

/// <summary>How many rows were inserted, where triggers decide it.</summary>
public abstract class CountedInsertTests(TestPostgres database) : IAsyncLifetime
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database.Require();
        await database.ExecuteAsync("""
            DROP SCHEMA public CASCADE; CREATE SCHEMA public;
            CREATE OR REPLACE FUNCTION leave_fifths() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN CASE WHEN NEW.id % 5 = 0 THEN NULL ELSE NEW END; END'
            """);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    async Task AssertCountedAsync(Engine engine, int count, int stored, string table = "readings")
    {
        var result = await engine.InsertAsync(Reading.Many(count), cancellationToken: Stop);
        Assert.Equal((stored, count - stored), (result.Inserted, result.Skipped));
        Assert.Equal(stored, await database.CountAsync(table));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(5_000)]
    public async Task A_view_s_trigger_stores_what_it_is_counted_for(int count)
    {
        await database.ExecuteAsync("""
            CREATE TABLE kept (id bigint PRIMARY KEY, name text, value int);
            CREATE VIEW readings AS SELECT * FROM kept;
            CREATE OR REPLACE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS
            'BEGIN IF NEW.id % 5 = 0 THEN RETURN NULL; END IF; INSERT INTO kept VALUES (NEW.id, NEW.name, NEW.value); RETURN NEW; END';
            CREATE TRIGGER keep INSTEAD OF INSERT ON readings FOR EACH ROW EXECUTE FUNCTION keep()
            """);
        await using var engine = database.CreateEngine();
        await AssertCountedAsync(engine, count, count / 5 * 4, "kept");
    }

    [Theory]
    [InlineData(100)]
    [InlineData(5_000)]
    public async Task A_trigger_of_one_partition_is_counted_with(int count)
    {
        await database.ExecuteAsync("""
            CREATE TABLE readings (id bigint, name text, value int) PARTITION BY LIST ((id % 2));
            CREATE TABLE readings_0 PARTITION OF readings FOR VALUES IN (0);
            CREATE TABLE readings_1 PARTITION OF readings FOR VALUES IN (1);
            CREATE TRIGGER leave_fifths BEFORE INSERT ON readings_0 FOR EACH ROW EXECUTE FUNCTION leave_fifths()
            """);
        await using var engine = database.CreateEngine();
        await AssertCountedAsync(engine, count, count / 10 * 9);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(5_000)]
    public async Task A_server_that_counts_nothing_itself_still_tells_what_it_stored(int count)
    {
        await database.ExecuteAsync("""
            CREATE TABLE readings (id bigint PRIMARY KEY, name text, value int);
            CREATE TRIGGER leave_fifths BEFORE INSERT ON readings FOR EACH ROW EXECUTE FUNCTION leave_fifths()
            """);
        await using var engine = PostgresEngine.Create(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Options = "-c track_counts=off" }.ConnectionString);
        await AssertCountedAsync(engine, count, count / 5 * 4);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(5_000)]
    public async Task A_trigger_that_stores_more_rows_adds_nothing_to_those_of_the_load(int count)
    {
        await database.ExecuteAsync("""
            CREATE TABLE readings (id bigint PRIMARY KEY, name text, value int);
            CREATE OR REPLACE FUNCTION replace_fifths() RETURNS trigger LANGUAGE plpgsql AS
            'BEGIN IF NEW.id > 0 AND NEW.id % 5 = 0 THEN INSERT INTO readings VALUES (-NEW.id, NEW.name, 1), (-NEW.id - 1, NEW.name, 1); RETURN NULL; END IF; RETURN NEW; END';
            CREATE TRIGGER replace_fifths BEFORE INSERT ON readings FOR EACH ROW EXECUTE FUNCTION replace_fifths()
            """);
        await using var engine = database.CreateEngine();

        var result = await engine.InsertAsync(Reading.Many(count), cancellationToken: Stop);

        Assert.Equal((count / 5 * 4, count / 5), (result.Inserted, result.Skipped));
        Assert.Equal(count / 5 * 4, await database.ScalarAsync<long>("SELECT count(*) FROM readings WHERE id > 0"));
    }

    [Fact]
    public async Task A_trigger_that_stores_no_row_less_leaves_the_load_to_COPY()
    {
        await database.ExecuteAsync("""
            CREATE TABLE readings (id bigint PRIMARY KEY, name text, value int);
            CREATE TABLE kept (id bigint);
            CREATE OR REPLACE FUNCTION note_id() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO kept VALUES (NEW.id); RETURN NULL; END';
            CREATE TRIGGER note_id AFTER INSERT ON readings FOR EACH ROW EXECUTE FUNCTION note_id();
            CREATE TRIGGER leave_fifths BEFORE INSERT ON readings FOR EACH ROW EXECUTE FUNCTION leave_fifths();
            ALTER TABLE readings DISABLE TRIGGER leave_fifths
            """);
        await using var engine = database.CreateEngine();

        var result = await engine.InsertAsync(Reading.Many(100), cancellationToken: Stop);

        Assert.Equal((100, 0, "binary COPY"), (result.Inserted, result.Skipped, result.Plan.Path.Name));
        Assert.Equal(100, await database.CountAsync("kept"));
    }
}

public sealed class Postgres15CountedInsertTests(Postgres15 database) : CountedInsertTests(database), IClassFixture<Postgres15>;

public sealed class Postgres18CountedInsertTests(Postgres18 database) : CountedInsertTests(database), IClassFixture<Postgres18>;
