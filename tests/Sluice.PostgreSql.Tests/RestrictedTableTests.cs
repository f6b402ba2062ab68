using Npgsql;
using Sluice.Specification.Changes;

namespace Sluice.PostgreSql.Tests;

/// <summary>Changes where a role or a table allows less than usual: they work, or are refused with the reason before a row is sent.</summary>
public abstract class RestrictedTableTests(TestPostgres database) : IAsyncLifetime
{
    static readonly Device[] s_rows = [.. Enumerable.Range(0, 4_000).Select(i => new Device(i % 7, $"k{i}", i, i / 2.0, null))];

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database.Require();
        await database.ExecuteAsync("DROP TABLE IF EXISTS devices CASCADE");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    static async Task RoundAsync(Engine engine)
    {
        Assert.Equal(4_000, (await engine.UpsertAsync(s_rows, cancellationToken: Stop)).Inserted);
        var half = s_rows.Where(r => r.Version % 2 == 0).Select(r => r with { Note = "again" }).ToList();
        var result = await engine.UpsertAsync([.. half, new Device(99, "new", 1, 1, "again")], cancellationToken: Stop);
        Assert.Equal((1, 2_000), (result.Inserted, result.Updated));
        Assert.Equal(2_000, (await engine.UpdateAsync(half, cancellationToken: Stop)).Updated);
        Assert.Equal((2_000, 1), await DeleteAsync(engine, half));
    }

    static async Task<(long, long)> DeleteAsync(Engine engine, List<Device> rows)
    {
        var result = await engine.DeleteAsync([.. rows, new Device(50, "none", 0, 0, null)], cancellationToken: Stop);
        return (result.Deleted, result.Skipped);
    }

    async Task<Engine> EngineOfRoleAsync(string grants)
    {
        var role = "limited_" + Guid.NewGuid().ToString("N");
        var name = new NpgsqlConnectionStringBuilder(database.ConnectionString).Database;
        await database.ExecuteAsync($"CREATE ROLE {role} LOGIN; REVOKE TEMP ON DATABASE \"{name}\" FROM PUBLIC; REVOKE CREATE ON SCHEMA public FROM PUBLIC; {grants.Replace("$role", role, StringComparison.Ordinal)}");
        return PostgresEngine.Create(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Username = role }.ConnectionString);
    }

    [Fact]
    public async Task A_role_without_temp_and_create_sends_arrays_and_cannot_sync()
    {
        await database.ExecuteAsync("CREATE TABLE devices (site bigint, name text, version int NOT NULL, value double precision, note text, PRIMARY KEY (site, name))");
        await using var engine = await EngineOfRoleAsync("GRANT SELECT, INSERT, UPDATE, DELETE ON devices TO $role");
        await RoundAsync(engine);
        Assert.Equal("arrays", (await engine.UpsertAsync(s_rows, cancellationToken: Stop)).Plan.Path.Name);
        var refused = await Assert.ThrowsAsync<BulkPlanException>(() => engine.SyncAsync(s_rows, Device.Table.Site == 1, cancellationToken: Stop));
        Assert.Equal("SLU0137", refused.Code);
    }

    [Fact]
    public async Task A_role_that_may_not_write_is_told_so()
    {
        await database.ExecuteAsync("CREATE TABLE devices (site bigint, name text, version int NOT NULL, value double precision, note text, PRIMARY KEY (site, name))");
        await using var engine = await EngineOfRoleAsync("GRANT SELECT ON devices TO $role");
        var refused = await Assert.ThrowsAsync<BulkException>(() => engine.UpsertAsync(s_rows, cancellationToken: Stop));
        Assert.Equal(("SLU0310", "42501"), (refused.Code, refused.SqlState));
        Assert.Equal(0, await database.CountAsync("devices"));
    }

    [Fact]
    public async Task A_session_whose_changes_the_server_does_not_count_still_has_every_fate()
    {
        await database.ExecuteAsync("CREATE TABLE devices (site bigint, name text, version int NOT NULL, value double precision, note text, PRIMARY KEY (site, name))");
        await using var engine = PostgresEngine.Create(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Options = "-c track_counts=off" }.ConnectionString);
        await RoundAsync(engine);
        var result = await engine.UpsertAsync(s_rows, on: on => on.Where(Sql.Excluded(Device.Table.Version) > Device.Table.Version),
            cancellationToken: Stop);
        Assert.Equal((2_000, 2_000, 0), (result.Inserted, result.Unchanged, result.Updated));
        await database.ExecuteAsync("DELETE FROM devices WHERE version % 4 = 0");
        result = await engine.UpsertAsync(s_rows[..1_000], cancellationToken: Stop);
        Assert.Equal((250, 750), (result.Inserted, result.Updated));
    }

    [Fact]
    public async Task A_default_that_changes_the_table_itself_is_not_counted_as_a_row()
    {
        await database.ExecuteAsync("""
            CREATE TABLE devices (site bigint, name text, version int NOT NULL, value double precision, note text, PRIMARY KEY (site, name));
            CREATE OR REPLACE FUNCTION touched() RETURNS int LANGUAGE sql AS 'UPDATE devices SET version = version + 1 WHERE site = -1; SELECT 0';
            ALTER TABLE devices ADD extra int DEFAULT 0;
            ALTER TABLE devices ALTER extra SET DEFAULT touched();
            INSERT INTO devices VALUES (-1, 'touched', 0, 0, NULL, 0)
            """);
        await using var engine = PostgresEngine.Create(database.ConnectionString);
        var staged = await engine.UpsertAsync(s_rows, cancellationToken: Stop);
        Assert.Equal((4_000, 0), (staged.Inserted, staged.Updated));
        await database.ExecuteAsync("DELETE FROM devices WHERE site = 0");
        var refused = await Assert.ThrowsAsync<BulkException>(() => engine.UpsertAsync(s_rows[..1_000], cancellationToken: Stop));
        Assert.Equal("SLU0326", refused.Code);
        Assert.Equal(143, await database.ScalarAsync<long>("SELECT count(*) FROM devices WHERE site = 0 AND version < 1000"));
    }

    [Fact]
    public async Task Writers_that_insert_one_key_at_a_time_count_it_once()
    {
        await database.ExecuteAsync("CREATE TABLE devices (site bigint, name text, version int NOT NULL, value double precision, note text, PRIMARY KEY (site, name))");
        await using var engine = PostgresEngine.Create(database.ConnectionString);
        var staged = new BulkOptions { Path = RowPath.Staging, ChunkSize = ChunkSize.Fixed(40), Commit = CommitPolicy.PerChunk };
        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => engine.UpsertAsync(s_rows, options: staged, cancellationToken: Stop))));
        Assert.Equal(4_000, results.Sum(r => r.Inserted));
        Assert.Equal(12_000, results.Sum(r => r.Updated));
        Assert.Equal(4_000, await database.CountAsync("devices"));
    }

    [Fact]
    public async Task A_partitioned_table_counts_every_fate()
    {
        await database.ExecuteAsync("""
            CREATE TABLE devices (site bigint, name text, version int NOT NULL, value double precision, note text, PRIMARY KEY (site, name)) PARTITION BY RANGE (site);
            CREATE TABLE devices_low PARTITION OF devices FOR VALUES FROM (0) TO (4);
            CREATE TABLE devices_high PARTITION OF devices FOR VALUES FROM (4) TO (1000)
            """);
        await using var engine = database.CreateEngine();
        await RoundAsync(engine);
        Assert.Equal(2_001, await database.CountAsync("devices"));
    }

    [Fact]
    public async Task What_became_of_each_row_is_told_on_partitions_too()
    {
        await database.ExecuteAsync("""
            CREATE TABLE devices (id bigint GENERATED ALWAYS AS IDENTITY, site bigint, name text, version int NOT NULL, value double precision, note text, PRIMARY KEY (site, name)) PARTITION BY RANGE (site);
            CREATE TABLE devices_low PARTITION OF devices FOR VALUES FROM (0) TO (4);
            CREATE TABLE devices_high PARTITION OF devices FOR VALUES FROM (4) TO (1000)
            """);
        await using var engine = database.CreateEngine();
        var id = (await engine.ReadTableAsync("devices", Stop)).Column<long>("id");
        await engine.InsertAsync(s_rows.Where(r => r.Version % 3 == 0), cancellationToken: Stop);
        var ids = new List<long>();
        await foreach (var (row, given, action) in engine.UpsertReturningAsync(s_rows, id, on: on => on.Where(Device.Table.Version % 2 == 0), cancellationToken: Stop))
        {
            ids.Add(given);
            var expected = row.Version % 3 != 0 ? RowAction.Inserted : row.Version % 2 == 0 ? RowAction.Updated : RowAction.Unchanged;
            Assert.Equal((row.Version, expected), (row.Version, action));
        }
        Assert.Equal(string.Join('\n', ids), (await database.RunPsqlAsync("SELECT id FROM devices ORDER BY version")).Trim());
        var counts = await engine.UpsertAsync(s_rows, on: on => on.Where(Device.Table.Version % 2 == 0), cancellationToken: Stop);
        Assert.Equal((0, 2_000, 2_000), (counts.Inserted, counts.Updated, counts.Unchanged));
    }

    [Fact]
    public async Task A_trigger_that_changes_the_key_is_no_reason_to_guess()
    {
        await database.ExecuteAsync("""
            CREATE TABLE devices (id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, site bigint, name text, version int NOT NULL, value double precision, note text);
            CREATE OR REPLACE FUNCTION move_id() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.id := NEW.id + 1000000; RETURN NEW; END $$;
            CREATE TRIGGER move_id BEFORE INSERT ON devices FOR EACH ROW EXECUTE FUNCTION move_id()
            """);
        await using var engine = database.CreateEngine();
        var id = (await engine.ReadTableAsync("devices", Stop)).Column<long>("id");
        var refused = await Assert.ThrowsAsync<BulkException>(() => engine.InsertReturningAsync(s_rows, id, cancellationToken: Stop).WriteBackAsync((_, _) => { }));
        Assert.Equal("SLU0208", refused.Code);
        Assert.Equal(0, await database.CountAsync("devices"));
    }

    [Fact]
    public async Task Rows_that_nothing_tells_apart_are_refused_before_they_are_sent()
    {
        await database.ExecuteAsync("CREATE TABLE devices (site bigint, name text, version int NOT NULL, value double precision, note text, stored timestamptz DEFAULT now())");
        await using var engine = database.CreateEngine();
        var stored = (await engine.ReadTableAsync("devices", Stop)).Column<DateTime>("stored");
        var refused = await Assert.ThrowsAsync<BulkPlanException>(() => engine.InsertReturningAsync(s_rows, stored, cancellationToken: Stop).WriteBackAsync((_, _) => { }));
        Assert.Equal("SLU0138", refused.Code);
        Assert.Equal(0, await database.CountAsync("devices"));
    }

    [Fact]
    public async Task Triggers_run_and_do_not_confuse_the_counts()
    {
        await database.ExecuteAsync("""
            CREATE TABLE devices (site bigint, name text, version int NOT NULL, value double precision, note text, PRIMARY KEY (site, name));
            CREATE TABLE IF NOT EXISTS devices_log (what text); TRUNCATE devices_log;
            CREATE OR REPLACE FUNCTION log_device() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO devices_log VALUES (tg_op); RETURN coalesce(new, old); END $$;
            CREATE TRIGGER devices_log AFTER INSERT OR UPDATE OR DELETE ON devices FOR EACH ROW EXECUTE FUNCTION log_device()
            """);
        await using var engine = database.CreateEngine();
        await RoundAsync(engine);
        Assert.Equal("DELETE|2000\nINSERT|4001\nUPDATE|4000", (await database.RunPsqlAsync("SELECT what, count(*) FROM devices_log GROUP BY 1 ORDER BY 1")).Trim());
    }

    [Fact]
    public async Task A_key_whose_nulls_are_equal_is_honoured()
    {
        await database.ExecuteAsync("CREATE TABLE devices (site bigint, name text, version int NOT NULL, value double precision, note text, UNIQUE NULLS NOT DISTINCT (site, note))");
        await using var engine = database.CreateEngine();
        Device[] rows = [new(1, "a", 1, 1, null), new(1, "b", 1, 1, "n"), new(2, "c", 1, 1, null)];
        await engine.InsertAsync(rows[..2], cancellationToken: Stop);
        var on = (UpsertTarget target) => target.Columns(Device.Table.Site, Device.Table.Note);
        var actions = new List<RowAction>();
        await foreach (var (_, _, action) in engine.UpsertReturningAsync(rows.Select(r => r with { Version = 2 }), Device.Table.Version, on: on, cancellationToken: Stop))
            actions.Add(action);
        Assert.Equal([RowAction.Updated, RowAction.Updated, RowAction.Inserted], actions);
        var refused = await Assert.ThrowsAsync<BulkRowException>(() => engine.UpsertAsync([rows[0], rows[1], rows[0] with { Name = "z" }], on: on, cancellationToken: Stop));
        Assert.Equal(("SLU0205", 3L), (refused.Code, refused.RowNumber));
        Assert.Equal(2, (await engine.UpsertAsync(rows[1..], on: on, cancellationToken: Stop)).Updated);
        Assert.Equal(3, await database.CountAsync("devices"));
    }

    [Fact]
    public async Task A_key_that_is_checked_at_the_end_only_is_refused_before_a_row_is_sent()
    {
        await database.ExecuteAsync("""
            CREATE TABLE devices (site bigint, name text, version int NOT NULL, value double precision, note text, PRIMARY KEY (site, name) DEFERRABLE INITIALLY DEFERRED)
            """);
        await using var engine = database.CreateEngine();
        var refused = await Assert.ThrowsAsync<BulkPlanException>(() => engine.UpsertAsync(s_rows, cancellationToken: Stop));
        Assert.Equal("SLU0151", refused.Code);
        Assert.Equal(0, await database.CountAsync("devices"));
        await engine.InsertAsync(s_rows, cancellationToken: Stop);
        Assert.Equal(4_000, (await engine.UpdateAsync(s_rows.Select(r => r with { Note = "n" }), cancellationToken: Stop)).Updated);

        // Another key on the same columns does not help, as the server takes both; one on others does.
        await database.ExecuteAsync("CREATE UNIQUE INDEX devices_at_once ON devices (name, site); CREATE UNIQUE INDEX devices_version ON devices (version)");
        Assert.Equal("SLU0151", (await Assert.ThrowsAsync<BulkPlanException>(() => engine.UpsertAsync(s_rows, on: on => on.Constraint("devices_at_once"), cancellationToken: Stop))).Code);
        Assert.Equal(4_000, (await engine.UpsertAsync(s_rows, on: on => on.Columns(Device.Table.Version), cancellationToken: Stop)).Updated);
    }

    [Fact]
    public async Task Row_level_security_is_heeded()
    {
        await database.ExecuteAsync("CREATE TABLE devices (site bigint, name text, version int NOT NULL, value double precision, note text, PRIMARY KEY (site, name))");
        await using var engine = await EngineOfRoleAsync("""
            GRANT SELECT, INSERT, UPDATE, DELETE ON devices TO $role; ALTER TABLE devices ENABLE ROW LEVEL SECURITY;
            CREATE POLICY few ON devices TO $role USING (site < 3) WITH CHECK (site < 3)
            """);
        Assert.Equal(3, (await engine.UpsertAsync([new Device(0, "a", 1, 1, null), new Device(1, "a", 1, 1, null), new Device(2, "a", 1, 1, null)], cancellationToken: Stop)).Inserted);
        var refused = await Assert.ThrowsAsync<BulkException>(() => engine.UpsertAsync([new Device(5, "a", 1, 1, null)], cancellationToken: Stop));
        Assert.Equal("42501", refused.SqlState);
        var inserted = await Assert.ThrowsAnyAsync<BulkException>(() => engine.InsertAsync([new Device(1, "b", 1, 1, null), new Device(5, "a", 1, 1, null)], cancellationToken: Stop));
        Assert.Equal("42501", inserted.SqlState);
        Assert.Equal(3, await database.CountAsync("devices"));

        // What a role may not see is not there for it.
        await database.ExecuteAsync("INSERT INTO devices VALUES (6, 'hidden', 1, 1, 'n')");
        var hidden = await engine.UpdateAsync([new Device(6, "hidden", 2, 2, "mine"), new Device(2, "a", 2, 2, "mine")], cancellationToken: Stop);
        Assert.Equal((1, 1), (hidden.Updated, hidden.Skipped));
        Assert.Equal(1, (await engine.DeleteAsync([new Device(6, "hidden", 0, null, null)], cancellationToken: Stop)).Skipped);
        Assert.Equal("n|1", (await database.RunPsqlAsync("SELECT note, version FROM devices WHERE site = 6")).Trim());
    }

    [Fact]
    public async Task Generated_and_identity_columns_are_left_to_the_database()
    {
        await database.ExecuteAsync("""
            CREATE TABLE devices (id bigint GENERATED ALWAYS AS IDENTITY, site bigint, name text, version int NOT NULL, value double precision, note text,
              twice double precision GENERATED ALWAYS AS (value * 2) STORED, PRIMARY KEY (site, name))
            """);
        await using var engine = database.CreateEngine();
        await RoundAsync(engine);
        Assert.Equal(2_001, await database.ScalarAsync<long>("SELECT count(DISTINCT id) FROM devices WHERE twice = value * 2"));
    }

    [Theory]
    [InlineData("", 3)]
    [InlineData("", 1_500)]
    [InlineData("", 6_000)]
    [InlineData("PARTITION BY HASH (site)", 3)]
    [InlineData("PARTITION BY HASH (site)", 6_000)]
    public async Task Rows_that_a_trigger_suppresses_are_skipped(string storage, int count)
    {
        await database.ExecuteAsync($"""
            CREATE TABLE devices (site bigint, name text, version int NOT NULL, value double precision, note text, PRIMARY KEY (site, name)) {storage};
            {(storage.Length == 0 ? "" : "CREATE TABLE devices_all PARTITION OF devices FOR VALUES WITH (MODULUS 1, REMAINDER 0);")}
            CREATE OR REPLACE FUNCTION drop_devices() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN CASE WHEN NEW.note IS DISTINCT FROM 'drop' THEN NEW END; END $$;
            CREATE TRIGGER drop_devices BEFORE INSERT ON devices FOR EACH ROW EXECUTE FUNCTION drop_devices()
            """);
        Device[] rows = [.. Enumerable.Range(0, count).Select(i => new Device(i, "n", 1, 1, i % 3 == 0 ? "drop" : null))];
        var d = Device.Table;
        var engine = database.Engine;
        var (dropped, kept) = (count / 3L, count - (count / 3L));
        Assert.Equal((kept, 0, 0, dropped), Fates(await engine.UpsertAsync(rows, cancellationToken: Stop)));
        Assert.Equal((0, kept, 0, dropped), Fates(await engine.UpsertAsync(rows, cancellationToken: Stop)));
        Assert.Equal((0, 0, kept, dropped),
            Fates(await engine.UpsertAsync(rows, on: on => on.Where(Sql.Excluded(d.Version) > d.Version), cancellationToken: Stop)));
        Assert.Equal((0, 0, kept, dropped), Fates(await engine.UpsertAsync(rows, on: on => on.DoNothing(), cancellationToken: Stop)));

        static (long, long, long, long) Fates(BulkResult result) => (result.Inserted, result.Updated, result.Unchanged, result.Skipped);
    }
}

public sealed class Postgres15RestrictedTableTests(Postgres15 database) : RestrictedTableTests(database), IClassFixture<Postgres15>;

public sealed class Postgres18RestrictedTableTests(Postgres18 database) : RestrictedTableTests(database), IClassFixture<Postgres18>;
