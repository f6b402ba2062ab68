using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using System.Globalization;
using Npgsql;
using Sluice.Specification.Servers;
using static Sluice.Sql;

namespace Sluice.PostgreSql.Tests.Pools;

/// <summary>One engine that leads to servers of two versions.</summary>
public sealed class TwoVersionsTests(Postgres15 older, Postgres18 newer) : IClassFixture<Postgres15>, IClassFixture<Postgres18>
{
    [Table("kept_by_two")]
    sealed record Kept([property: Key] int Id, string Name);

    static Table<Kept> Rows { get; } = Table.For<Kept>();

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    // Both have the one database that every server has.
    static async Task<(string Both, string[] Each)> ArrangeAsync()
    {
        string[] each = [(await SharedServers.GetAsync(15)).ConnectionString, (await SharedServers.GetAsync(18)).ConnectionString];
        foreach (var server in each)
            await RunAsync(server, "DROP TABLE IF EXISTS kept_by_two; CREATE TABLE kept_by_two (id integer PRIMARY KEY, name text NOT NULL)");
        var both = new NpgsqlConnectionStringBuilder(each[0])
        {
            Host = string.Join(',', each.Select(server => new NpgsqlConnectionStringBuilder(server)).Select(at => string.Create(CultureInfo.InvariantCulture, $"{at.Host}:{at.Port}"))),
            LoadBalanceHosts = true,
        };
        return (both.ConnectionString, each);
    }

    static async Task<object?> RunAsync(string server, string sql)
    {
        await using var connection = new NpgsqlConnection(server + ";Pooling=false");
        await connection.OpenAsync(Stop);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Stop);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Each_session_writes_statements_for_its_own_server(bool isOfApplication)
    {
        older.Require();
        newer.Require();
        var (both, _) = await ArrangeAsync();
        await using var source = NpgsqlDataSource.Create(both);
        await using var engine = isOfApplication ? PostgresEngine.Create(source) : PostgresEngine.Create(both);
        // One statement object, whose text must not be kept for the other version.
        var before = Update(Rows).Set(Rows.Column<string>("name"), "x").All().Returning(Old(Rows.Column<string>("name")));
        var met = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 4; i++)
        {
            await using var first = await engine.BeginAsync(cancellationToken: Stop);
            await using var second = await engine.BeginAsync(cancellationToken: Stop);
            foreach (var transaction in new[] { first, second })
            {
                var version = await transaction.ScalarAsync<int>(Text($"SELECT current_setting('server_version_num')::int / 10000"), Stop);
                Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"PostgreSQL {version}"), transaction.Dialect.Name);
                met.Add(transaction.Dialect.Name);
                if (version == 18)
                    Assert.Empty(await transaction.QueryAsync<string>(before, Stop));
                else
                    Assert.Contains("PostgreSQL 15 has no OLD and NEW", Assert.Throws<BulkPlanException>(() => transaction.Render(before)).Message, StringComparison.Ordinal);
            }
        }
        Assert.Equal(["PostgreSQL 15", "PostgreSQL 18"], met.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_load_and_transaction_has_the_form_of_its_server()
    {
        older.Require();
        newer.Require();
        var (both, each) = await ArrangeAsync();
        await using var engine = PostgresEngine.Create(both);
        var before = Update(Rows).Set(Rows.Column<string>("name"), "after").All().Returning(Old(Rows.Column<string>("name")));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 4; i++)
        {
            // Connections go to the servers in turn: with one held now and then, this transaction meets both.
            await using var held = i % 2 == 0 ? await engine.OpenSessionAsync(Stop) : null;
            await using var transaction = await engine.BeginAsync(cancellationToken: Stop);
            var result = await transaction.UpsertAsync([new Kept(1, "before")], cancellationToken: Stop);
            Assert.Equal(1, result.Inserted + result.Updated);
            var refused = Record.Exception(() => transaction.Render(before));
            Assert.Equal(transaction.Dialect.Name is "PostgreSQL 15", refused is BulkPlanException);
            if (refused is null)
                Assert.Equal(["before"], await transaction.QueryAsync<string>(before, Stop));
            seen.Add(transaction.Dialect.Name);
            await transaction.CommitAsync(Stop);
            // Once on each connection, and so on each server.
            await Task.WhenAll(Enumerable.Range(0, 2).Select(n => engine.UpsertAsync([new Kept(10 + n, "few")], cancellationToken: Stop)));
        }
        var stored = 0L;
        foreach (var server in each)
            stored += (long)(await RunAsync(server, "SELECT count(DISTINCT id) FROM kept_by_two WHERE name = 'few'"))!;
        Assert.InRange(stored, 2, 4);
        Assert.Equal(["PostgreSQL 15", "PostgreSQL 18"], seen.Order(StringComparer.Ordinal));
    }
}
