using Npgsql;
using Sluice.PostgreSql.Tests.Reading;
using Sluice.Specification.Changes;

namespace Sluice.PostgreSql.Tests.Inserts;

/// <summary>Calls of few rows to a table that the engine knows.</summary>
public sealed class SmallCallTests(Postgres18 database) : IClassFixture<Postgres18>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    // A connection that was made as new after each call would take a second one, and make the statement anew.
    [Fact]
    public async Task An_upsert_into_a_known_table_takes_one_round_trip()
    {
        await database.ExecuteAsync("DROP TABLE IF EXISTS devices; CREATE TABLE devices (site int, name text, version int NOT NULL, value double precision, note text, PRIMARY KEY (site, name))");
        var at = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        await using var proxy = new RoundTripProxy(at.Host!, at.Port, marker: "none");
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
}
