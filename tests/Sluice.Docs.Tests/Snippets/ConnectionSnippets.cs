using System.Data.Common;
using Npgsql;
using Sluice.PostgreSql;
using static Sluice.Sql;

namespace Sluice.Docs.Tests.Snippets;

/// <summary>What docs/connections.md shows.</summary>
public sealed class ConnectionSnippets(SnippetSqlite sqlite, SnippetPostgres postgres) : IClassFixture<SnippetSqlite>, IClassFixture<SnippetPostgres>
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

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Commands_of_ADO_NET_work_beside_the_verbs(bool onPostgres)
    {
        if (onPostgres)
            postgres.Require();
        var engine = onPostgres ? postgres.Engine : sqlite.Engine;
        var ct = CancellationToken.None;
        await engine.CreateTableAsync(Table.For<Visit>(), ct);
        Visit[] visits = [new Visit(1, "a"), new Visit(2, "b")];

        // docs: connections-transaction
        await using (var transaction = await engine.BeginAsync(new TransactionOptions { SharesConnection = true }, ct))
        {
            await transaction.InsertAsync(visits, cancellationToken: ct);
            await using (var command = transaction.DbConnection.CreateCommand())
            {
                command.Transaction = transaction.DbTransaction;
                command.CommandText = "UPDATE visits SET page = 'seen' WHERE id = 1";
                await command.ExecuteNonQueryAsync(ct);
            }
            await transaction.CommitAsync(ct);
        }
        // end

        // docs: connections-rent
        await using (DbConnection connection = await engine.RentConnectionAsync(ct))
        {
            await using var command = connection.CreateCommand();      // Dapper: await connection.QueryAsync<Visit>("SELECT …")
            command.CommandText = "SELECT count(*) FROM visits WHERE page = 'seen'";
            Console.WriteLine(await command.ExecuteScalarAsync(ct));
        }
        // end

        Assert.Equal(1, await engine.ScalarAsync<long>(Text($"SELECT count(*) FROM visits WHERE page = 'seen'"), ct));
    }

    [System.ComponentModel.DataAnnotations.Schema.Table("visits")]
    sealed record Visit([property: System.ComponentModel.DataAnnotations.Key] int Id, string Page);
}
