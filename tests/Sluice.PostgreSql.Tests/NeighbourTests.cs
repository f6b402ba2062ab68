using Sluice.Rows;
using Sluice.Specification.Changes;

namespace Sluice.PostgreSql.Tests;

/// <summary>Tables of one name in two schemas, as tenants have them, and writers of children beside writers of their parents.</summary>
public abstract class PostgresNeighbourTests(TestPostgres database) : IAsyncLifetime
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database.Require();
        await database.ExecuteAsync("DROP SCHEMA IF EXISTS one CASCADE; DROP SCHEMA IF EXISTS two CASCADE; CREATE SCHEMA one; CREATE SCHEMA two; DROP TABLE IF EXISTS devices CASCADE");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task One_row_type_goes_to_tables_of_one_name_in_two_schemas()
    {
        await database.ExecuteAsync("""
            CREATE TABLE one.devices (site bigint, name text, version int NOT NULL, value double precision, note text, PRIMARY KEY (site, name));
            CREATE TABLE two.devices (note varchar(9), value numeric, version bigint NOT NULL, extra int DEFAULT 7, name text PRIMARY KEY, site int)
            """);
        await using var engine = database.CreateEngine();
        var (one, two) = (await engine.ReadTableAsync("one.devices", Stop), await engine.ReadTableAsync("two.devices", Stop));
        for (var round = 1; round <= 3; round++)
        {
            foreach (var count in new[] { 3, 4_000 })
            {
                Device[] rows = [.. Enumerable.Range(0, count).Select(i => new Device(i, $"k{i}", round, i, "r"))];
                Assert.Equal(count, (await engine.UpsertAsync(RowSource.From(rows), table: one, cancellationToken: Stop)).Loaded);
                Assert.Equal(count, (await engine.UpsertAsync(RowSource.From(rows), table: two, cancellationToken: Stop)).Loaded);
            }
        }
        foreach (var schema in new[] { "one", "two" })
            Assert.Equal("4000|7998000|12000", (await database.RunPsqlAsync($"SELECT count(*), sum(site), sum(version) FROM {schema}.devices")).Trim());
        Assert.Equal(4_000, await database.ScalarAsync<long>("SELECT count(*) FROM two.devices WHERE extra = 7"));
    }

    [Fact]
    public async Task Children_are_written_beside_changes_of_their_parents_without_a_deadlock()
    {
        await database.ExecuteAsync("""
            CREATE TABLE one.parents (id int PRIMARY KEY, version int NOT NULL);
            CREATE TABLE one.children (id int PRIMARY KEY, parent_id int NOT NULL REFERENCES one.parents, version int NOT NULL);
            INSERT INTO one.parents SELECT i, 0 FROM generate_series(0, 39) i
            """);
        await using var engine = database.CreateEngine();
        var (parents, children) = (await engine.ReadTableAsync("one.parents", Stop), await engine.ReadTableAsync("one.children", Stop));
        const int Rounds = 200;
        await Task.WhenAll(WriteAsync(0), WriteAsync(1), WriteAsync(2), WriteAsync(3));
        Assert.Equal("40|16000", (await database.RunPsqlAsync("SELECT count(*), sum(version) FROM one.parents")).Trim());
        Assert.Equal("120", (await database.RunPsqlAsync("SELECT count(*) FROM one.children")).Trim());

        async Task WriteAsync(int writer)
        {
            var random = new Random(writer);
            for (var round = 0; round < Rounds; round++)
            {
                if (writer % 2 == 0)
                {
                    object?[][] rows = [.. Enumerable.Range(0, 40).Select(i => new object?[] { i, 1 })];
                    random.Shuffle(rows);
                    var version = parents.Column<int>("version");
                    await engine.UpdateAsync(RowSource.From(["id", "version"], rows), on: on => on.Set(version, version + 1),
                        table: parents, cancellationToken: Stop);
                }
                else
                {
                    // The order of the children's parents is another one in every round.
                    object?[][] rows = [.. Enumerable.Range(0, 120).Select(i => new object?[] { i, random.Next(40), round })];
                    await engine.UpsertAsync(RowSource.From(["id", "parent_id", "version"], rows), table: children, cancellationToken: Stop);
                }
            }
        }
    }
}

public sealed class Postgres15NeighbourTests(Postgres15 database) : PostgresNeighbourTests(database), IClassFixture<Postgres15>;

public sealed class Postgres18NeighbourTests(Postgres18 database) : PostgresNeighbourTests(database), IClassFixture<Postgres18>;
