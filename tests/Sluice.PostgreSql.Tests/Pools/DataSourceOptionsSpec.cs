using Npgsql;
using static Sluice.Sql;

namespace Sluice.PostgreSql.Tests.Pools;

/// <summary>What an engine's options say beside a data source of the application's.</summary>
public abstract class DataSourceOptionsSpec(TestPostgres database)
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, PostgresEngineOptions> OfTheDataSource => new()
    {
        { nameof(PostgresEngineOptions.PoolSize), new() { PoolSize = 10 } },
        { nameof(PostgresEngineOptions.MaxOverflow), new() { MaxOverflow = 20 } },
        { nameof(PostgresEngineOptions.PoolTimeout), new() { PoolTimeout = TimeSpan.FromSeconds(30) } },
        { nameof(PostgresEngineOptions.PoolRecycle), new() { PoolRecycle = TimeSpan.FromHours(1) } },
        { nameof(PostgresEngineOptions.PrePing), new() { PrePing = true } },
        { nameof(PostgresEngineOptions.LoadTypes), new() { LoadTypes = false } },
    };

    NpgsqlDataSource NewSource(string more = "")
    {
        database.Require();
        return NpgsqlDataSource.Create(database.ConnectionString + ";Maximum Pool Size=1;" + more);
    }

    [Theory]
    [MemberData(nameof(OfTheDataSource), DisableDiscoveryEnumeration = true)]
    public async Task What_the_data_source_decides_is_refused_by_its_name(string option, PostgresEngineOptions options)
    {
        await using var source = NewSource();
        var refused = Assert.Throws<ArgumentException>(() => PostgresEngine.Create(source, options));
        Assert.Equal(option, refused.ParamName);
        Assert.StartsWith(option + " is for a pool of the engine's own", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Max Auto Prepare=3", nameof(PostgresEngineOptions.PreparedStatements))]
    [InlineData("Options=-c lock_timeout=5", nameof(PostgresEngineOptions.LockTimeout))]
    public async Task What_its_connection_string_says_and_an_option_contradicts_is_refused(string setting, string option)
    {
        await using var source = NewSource(setting);
        var refused = Assert.Throws<ArgumentException>(() => PostgresEngine.Create(source, new() { PreparedStatements = 100, LockTimeout = TimeSpan.FromSeconds(1) }));
        Assert.Equal(option, refused.ParamName);
    }

    [Fact]
    public async Task Timeouts_hold_in_what_the_engine_does_and_not_in_what_the_application_does()
    {
        await using var source = NewSource();
        await using var engine = PostgresEngine.Create(source, new()
        {
            StatementTimeout = TimeSpan.FromMilliseconds(300),
            LockTimeout = TimeSpan.FromMilliseconds(150),
            IdleInTransactionTimeout = TimeSpan.FromMilliseconds(250),
        });
        // Twice: the second time the server is known to be the connection's own, whose sessions would keep an own pool's timeouts.
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal("57014", (await Assert.ThrowsAsync<StatementException>(() => engine.ExecuteAsync(Text($"SELECT pg_sleep(5)"), Token))).SqlState);
            await using (var transaction = await engine.BeginAsync(cancellationToken: Token))
            {
                Assert.Equal(("300ms", "150ms", "250ms"), (await transaction.QueryAsync<string, string, string>(Text(
                    $"SELECT current_setting('statement_timeout'), current_setting('lock_timeout'), current_setting('idle_in_transaction_session_timeout')"), Token)).Single());
            }
            await using var connection = await source.OpenConnectionAsync(Token);
            await using var command = new NpgsqlCommand("SHOW statement_timeout", connection);
            Assert.Equal("0", await command.ExecuteScalarAsync(Token));
        }
    }

    [Theory]
    [InlineData(null, "", 0)]
    [InlineData(0, "", 0)]
    [InlineData(100, "", 2)]
    [InlineData(1, "", 1)]
    [InlineData(null, "Max Auto Prepare=20;Auto Prepare Min Usages=3", 1)]
    public async Task As_many_statements_are_kept_prepared_as_the_option_says(int? option, string setting, long prepared)
    {
        await using var source = NewSource(setting);
        await using var engine = PostgresEngine.Create(source, new() { PreparedStatements = option });
        for (var i = 0; i < 4; i++)
        {
            await engine.ScalarAsync<int>(Text($"SELECT {i}::int"), Token);
            if (i < 2)
                await engine.ScalarAsync<int>(Text($"SELECT {i}::int + 1"), Token);
        }
        await using var connection = await source.OpenConnectionAsync(Token);
        await using var command = new NpgsqlCommand("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'SELECT $1::int%'", connection);
        Assert.Equal(prepared, await command.ExecuteScalarAsync(Token));
    }

    [Fact]
    public async Task Statements_are_compiled_as_often_as_the_option_says()
    {
        await using var source = NewSource();
        await using var engine = PostgresEngine.Create(source, new() { CompiledStatements = 0 });
        await using var keeping = PostgresEngine.Create(source);
        foreach (var (each, kept) in new[] { (engine, false), (keeping, true) })
        {
            Assert.Equal(1, await each.ScalarAsync<int>(Text($"SELECT 1"), Token));
            Assert.Equal(kept, ReferenceEquals(each.Render(Text($"SELECT 2")).Text, each.Render(Text($"SELECT 2")).Text));
        }
    }
}

public sealed class Postgres15DataSourceOptionsTests(Postgres15 database) : DataSourceOptionsSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18DataSourceOptionsTests(Postgres18 database) : DataSourceOptionsSpec(database), IClassFixture<Postgres18>;
