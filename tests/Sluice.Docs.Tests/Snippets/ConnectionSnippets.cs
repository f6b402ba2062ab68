using Npgsql;
using Sluice.PostgreSql;
using static Sluice.Sql;

namespace Sluice.Docs.Tests.Snippets;

/// <summary>What docs/connections.md shows.</summary>
public sealed class ConnectionSnippets(SnippetPostgres postgres) : IClassFixture<SnippetPostgres>
{
    [Fact]
    public async Task An_engine_works_over_the_application_s_own_pool()
    {
        postgres.Require();
        var connectionString = postgres.ConnectionString;

        // docs: connections-data-source
        await using var dataSource = NpgsqlDataSource.Create(connectionString);
        await using var engine = PostgresEngine.Create(dataSource, new PostgresEngineOptions
        {
            StatementTimeout = TimeSpan.FromMinutes(5),
            LockTimeout = TimeSpan.FromSeconds(10),
            PreparedStatements = 50,
        });
        // end

        await using var transaction = await engine.BeginAsync();
        Assert.Equal("10s", await transaction.ScalarAsync<string>(Text($"SHOW lock_timeout")));
    }
}
