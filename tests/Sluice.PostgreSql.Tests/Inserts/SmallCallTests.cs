using System.ComponentModel.DataAnnotations.Schema;
using Npgsql;
using Sluice.PostgreSql.Tests.Reading;
using Sluice.Specification.Changes;

namespace Sluice.PostgreSql.Tests.Inserts;

/// <summary>Calls of few rows to a table that the engine knows.</summary>
public sealed class SmallCallTests(Postgres18 database) : IClassFixture<Postgres18>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    const string Devices = "DROP TABLE IF EXISTS devices; CREATE TABLE devices (site int, name text, version int NOT NULL, value double precision, note text, PRIMARY KEY (site, name))";

    // A connection that was made as new after each call would take a second one, and make the statement anew.
    [Fact]
    public async Task An_upsert_into_a_known_table_takes_one_round_trip()
    {
        await database.ExecuteAsync(Devices);
        var at = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        await using var proxy = new RoundTripProxy(at.ConnectionString, marker: "none");
        (at.Port, at.SslMode) = (proxy.Port, SslMode.Disable);
        await using var engine = PostgresEngine.Create(at.ConnectionString, new() { PoolSize = 1, MaxOverflow = 0 });
        for (var call = 0; call < 5; call++)
            await engine.UpsertAsync([new Device(1, "a", call, null, null)], cancellationToken: Stop);
        proxy.Begin();

        for (var call = 5; call < 15; call++)
            Assert.Equal(1, (await engine.UpsertAsync([new Device(1, "a", call, null, null)], cancellationToken: Stop)).Updated);

        Assert.Equal(10, proxy.Turns);
        Assert.Equal(14, await database.ScalarAsync<long>("SELECT version FROM devices"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(500)]
    public async Task An_insert_into_a_known_table_takes_one_round_trip(int rows)
    {
        await database.ExecuteAsync(Devices);
        var at = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        await using var proxy = new RoundTripProxy(at.ConnectionString, marker: "none");
        (at.Port, at.SslMode) = (proxy.Port, SslMode.Disable);
        await using var engine = PostgresEngine.Create(at.ConnectionString, new() { PoolSize = 1, MaxOverflow = 0 });
        for (var call = 0; call < 5; call++)
            await engine.InsertAsync(Rows(call), cancellationToken: Stop);
        proxy.Begin();

        for (var call = 5; call < 15; call++)
        {
            var result = await engine.InsertAsync(Rows(call), cancellationToken: Stop);
            Assert.Equal((rows, 1, "arrays"), (result.Inserted, result.Commits, result.Plan.Path.Name));
            Assert.Contains("unnest(", Assert.Single(result.Plan.Statements), StringComparison.Ordinal);
        }

        Assert.Equal(10, proxy.Turns);
        Assert.Equal($"{15 * rows}|15|{rows}",
            await database.ScalarAsync<string>("SELECT concat_ws('|', count(*), count(DISTINCT site), count(DISTINCT name)) FROM devices"));

        Device[] Rows(int call) => [.. Enumerable.Range(0, rows).Select(i => new Device(call, $"n{i}", i, null, null))];
    }

    [Fact]
    public async Task A_row_of_a_known_table_that_the_server_refuses_is_named_and_the_next_call_goes_through()
    {
        await database.ExecuteAsync(Devices);
        await using var engine = PostgresEngine.Create(database.ConnectionString);
        for (var call = 0; call < 3; call++)
        {
            await engine.InsertAsync([new Device(call, "a", 1, null, null), new Device(call, "b", 1, null, null)], cancellationToken: Stop);
            var refused = await Assert.ThrowsAsync<BulkRowException>(() =>
                engine.InsertAsync([new Device(call, "c", 1, null, null), new Device(call, "b", 1, null, null)], cancellationToken: Stop));
            Assert.Equal((2, "devices_pkey", "23505", 0), (refused.RowNumber, refused.ConstraintName, refused.SqlState, refused.RowsKept));
        }
        Assert.Equal("a,b,a,b,a,b", await database.ScalarAsync<string>("SELECT string_agg(name, ',' ORDER BY site, name) FROM devices"));
    }

    // COPY does not heed them, and few rows may be no exception.
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Rules_swallow_neither_few_rows_nor_many(int before)
    {
        await database.ExecuteAsync(Devices);
        await using var engine = PostgresEngine.Create(database.ConnectionString);
        for (var call = 0; call < before; call++)
            await engine.InsertAsync([new Device(10 + call, "a", 1, null, null)], cancellationToken: Stop);
        await database.ExecuteAsync("CREATE RULE swallow AS ON INSERT TO devices DO INSTEAD NOTHING");
        for (var call = 0; call < 3; call++)
            Assert.Equal(2, (await engine.InsertAsync([new Device(call, "a", 1, null, null), new Device(call, "b", 1, null, null)], cancellationToken: Stop)).Inserted);
        Assert.Equal(6 + before, await database.CountAsync("devices"));
    }

    [Fact]
    public async Task What_the_database_numbers_defaults_and_computes_is_the_same_for_rows_that_are_few()
    {
        await database.ExecuteAsync(
            "DROP TABLE IF EXISTS devices; CREATE TABLE devices (site int GENERATED ALWAYS AS IDENTITY, name text, version int DEFAULT 7, double int GENERATED ALWAYS AS (site * 2) STORED, note varchar(3))");
        await using var engine = PostgresEngine.Create(database.ConnectionString);
        for (var call = 0; call < 3; call++)
            await engine.InsertAsync([new Named($"a{call}", "x"), new Named($"b{call}", null)], cancellationToken: Stop);
        for (var call = 0; call < 3; call++)
            await engine.InsertAsync([new Numbered(100 + call, "given")], cancellationToken: Stop);
        Assert.Equal(
            "1|a0|7|2|x,2|b0|7|4|-,3|a1|7|6|x,4|b1|7|8|-,5|a2|7|10|x,6|b2|7|12|-,100|given|7|200|-,101|given|7|202|-,102|given|7|204|-",
            await database.ScalarAsync<string>("SELECT string_agg(concat_ws('|', site, name, version, double, coalesce(note, '-')), ',' ORDER BY site) FROM devices"));
    }

    [Table("devices")]
    sealed record Named(string Name, string? Note);

    [Table("devices")]
    sealed record Numbered(int Site, string Name);
}
