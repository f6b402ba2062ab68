using Npgsql;

namespace Sluice.PostgreSql.Tests;

/// <summary>Every verb on tables, and for roles, that allow less than usual.</summary>
public abstract class EveryVerbTests(TestPostgres database) : IAsyncLifetime
{
    const string Columns = "site bigint, name text, version int NOT NULL, value double precision, note text";

    public async ValueTask InitializeAsync()
    {
        database.Require();
        await database.ExecuteAsync("DROP TABLE IF EXISTS devices CASCADE; DROP TABLE IF EXISTS devices_log");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    async Task RunAsync(string table, string? grants = null, bool canSync = true)
    {
        await database.ExecuteAsync(table);
        await using var engine = grants is null ? database.CreateEngine() : await EngineOfRoleAsync(grants);
        foreach (var count in new[] { 2, 60, 4_000 })
        {
            await new EveryVerb(database, engine, count).RunAsync(canSync);
            await new EveryVerb(database, engine, count, new() { ChunkSize = ChunkSize.Fixed(1_500), Order = RowOrder.AsGiven }).RunAsync(canSync);
        }
    }

    async Task<Engine> EngineOfRoleAsync(string grants)
    {
        var role = "limited_" + Guid.NewGuid().ToString("N");
        await database.ExecuteAsync($"CREATE ROLE {role} LOGIN; GRANT SELECT, INSERT, UPDATE, DELETE ON devices TO {role}; {grants.Replace("$role", role, StringComparison.Ordinal)}");
        return PostgresEngine.Create(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Username = role }.ConnectionString);
    }

    string Database => new NpgsqlConnectionStringBuilder(database.ConnectionString).Database!;

    [Fact]
    public Task On_a_plain_table() => RunAsync($"CREATE TABLE devices ({Columns}, PRIMARY KEY (site, name))");

    [Fact]
    public Task For_a_role_without_temp() =>
        RunAsync($"CREATE TABLE devices ({Columns}, PRIMARY KEY (site, name))", $"REVOKE TEMP ON DATABASE \"{Database}\" FROM PUBLIC", canSync: false);

    [Fact]
    public Task For_a_role_without_create() =>
        RunAsync($"CREATE TABLE devices ({Columns}, PRIMARY KEY (site, name))", $"GRANT TEMP ON DATABASE \"{Database}\" TO $role; REVOKE CREATE ON SCHEMA public FROM PUBLIC");

    [Fact]
    public Task On_a_partitioned_table() => RunAsync($"""
        CREATE TABLE devices ({Columns}, PRIMARY KEY (site, name)) PARTITION BY LIST (site);
        CREATE TABLE devices_one PARTITION OF devices FOR VALUES IN (1);
        CREATE TABLE devices_rest PARTITION OF devices DEFAULT
        """);

    [Fact]
    public Task On_a_table_with_triggers() => RunAsync($"""
        CREATE TABLE devices ({Columns}, PRIMARY KEY (site, name));
        CREATE TABLE devices_log (id bigint GENERATED ALWAYS AS IDENTITY, what text);
        CREATE OR REPLACE FUNCTION log_device() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO devices_log (what) VALUES (tg_op); RETURN coalesce(new, old); END $$;
        CREATE TRIGGER devices_before BEFORE INSERT OR UPDATE OR DELETE ON devices FOR EACH ROW EXECUTE FUNCTION log_device();
        CREATE TRIGGER devices_after AFTER INSERT OR UPDATE OR DELETE ON devices FOR EACH ROW EXECUTE FUNCTION log_device()
        """);

    [Fact]
    public Task Under_row_level_security() => RunAsync(
        $"CREATE TABLE devices ({Columns}, PRIMARY KEY (site, name)); ALTER TABLE devices ENABLE ROW LEVEL SECURITY",
        $"GRANT TEMP ON DATABASE \"{Database}\" TO $role; CREATE POLICY few ON devices TO $role USING (site < 3) WITH CHECK (site < 3)");

    [Fact]
    public Task On_a_table_with_computed_and_numbered_columns() => RunAsync($"""
        CREATE TABLE devices (id bigint GENERATED ALWAYS AS IDENTITY, {Columns}, twice double precision GENERATED ALWAYS AS (value * 2) STORED, created timestamptz NOT NULL DEFAULT now(),
          PRIMARY KEY (site, name))
        """);
}

public sealed class Postgres15EveryVerbTests(Postgres15 database) : EveryVerbTests(database), IClassFixture<Postgres15>;

public sealed class Postgres18EveryVerbTests(Postgres18 database) : EveryVerbTests(database), IClassFixture<Postgres18>;
