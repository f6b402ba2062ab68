using System.Globalization;
using static Sluice.Sql;

namespace Sluice.PostgreSql.Tests;

/// <summary>Types that are made after an engine's first connection.</summary>
public sealed class NewTypeTests(Postgres18 database) : IClassFixture<Postgres18>
{
    static int s_types;

    sealed record Felt(int Id, string Mood);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    // An engine that is connected, and then a table with a column of a type that is new.
    async Task<(PostgresEngine Engine, string Type, Table Table)> ArrangeAsync(TimeSpan? timeout = null)
    {
        database.Require();
        var name = string.Create(CultureInfo.InvariantCulture, $"{Interlocked.Increment(ref s_types)}");
        var engine = PostgresEngine.Create(database.ConnectionString, new() { PoolSize = 1, MaxOverflow = 0, StatementTimeout = timeout, PreparedStatements = timeout is null ? null : 0 });
        Assert.Equal(1, await engine.ScalarAsync<int>(Text($"SELECT 1"), Stop));
        await database.ExecuteAsync($"CREATE TYPE mood{name} AS ENUM ('calm', 'cross'); CREATE TABLE felt{name} (id int PRIMARY KEY, mood mood{name}); INSERT INTO felt{name} VALUES (1, 'calm'), (2, 'cross')");
        return (engine, "mood" + name, await TableAsync("felt" + name));
    }

    async Task<Table> TableAsync(string name)
    {
        await using var other = PostgresEngine.Create(database.ConnectionString);
        return await other.ReadTableAsync(name, Stop);
    }

    public static TheoryData<string> Readings => ["query", "text", "pair", "stream", "text stream", "direct", "direct text again", "by key", "transaction", "transaction stream", "rows", "timed"];

    [Theory]
    [MemberData(nameof(Readings))]
    public async Task Are_read(string way)
    {
        var (engine, _, felt) = await ArrangeAsync(way is "timed" ? TimeSpan.FromSeconds(20) : null);
        await using var disposal = engine;
        var query = Select(felt.Column<string>("mood")).From(felt).OrderBy(felt.Column<int>("id"));
        var text = Raw($"SELECT mood FROM {felt.Name} ORDER BY id");
        IReadOnlyList<string> moods;
        switch (way)
        {
            case "query": moods = await engine.QueryAsync<string>(query, Stop); break;
            case "text": moods = await engine.QueryAsync<string>(text, Stop); break;
            case "pair": moods = [.. (await engine.QueryAsync<int, string>(Select(felt.Column<int>("id"), felt.Column<string>("mood")).From(felt).OrderBy(felt.Column<int>("id")), Stop)).Select(p => p.Item2)]; break;
            case "stream": moods = await engine.StreamAsync<string>(query, new() { YieldPer = 1 }, Stop).ToListAsync(Stop); break;
            case "text stream": moods = await engine.StreamAsync<string>(text, cancellationToken: Stop).ToListAsync(Stop); break;
            case "direct": moods = await engine.StreamAsync<string>(query, new() { Mode = StreamMode.Direct }, Stop).ToListAsync(Stop); break;
            case "direct text again":
                var direct = new StreamOptions { Mode = StreamMode.Direct };
                Assert.Equal("SLU0322", (await Assert.ThrowsAnyAsync<BulkException>(async () => await engine.StreamAsync<string>(text, direct, Stop).ToListAsync(Stop))).Code);
                moods = await engine.StreamAsync<string>(text, direct, Stop).ToListAsync(Stop);
                break;
            case "by key": moods = await engine.StreamByKeyAsync<string>(Select(felt.Column<string>("mood")).From(felt), felt.Column<int>("id"), 1, Stop).ToListAsync(Stop); break;
            case "rows":
                await using (var rows = await engine.OpenRowsAsync(felt, cancellationToken: Stop))
                {
                    await using var other = PostgresEngine.Create(database.ConnectionString);
                    await database.ExecuteAsync("DROP TABLE IF EXISTS copied; CREATE TABLE copied (id int, mood text)");
                    await other.InsertAsync(rows, await TableAsync("copied"), cancellationToken: Stop);
                }
                moods = [.. (await database.QueryAsync("SELECT mood FROM copied ORDER BY id")).Select(r => (string)r[0]!)];
                break;
            case "timed": moods = await engine.QueryAsync<string>(text, Stop); break;
            default:
                await using (var transaction = await engine.BeginAsync(cancellationToken: Stop))
                {
                    moods = way is "transaction" ? await transaction.QueryAsync<string>(query, Stop) : await transaction.StreamAsync<string>(query, cancellationToken: Stop).ToListAsync(Stop);
                    await transaction.CommitAsync(Stop);
                }
                break;
        }
        Assert.Equal(["calm", "cross"], moods);
    }

    [Fact]
    public async Task Are_written_by_every_way()
    {
        var (engine, type, felt) = await ArrangeAsync();
        await using var disposal = engine;
        Assert.Equal(1, (await engine.UpsertAsync(RowSource.From([new Felt(2, "calm")]), table: felt, cancellationToken: Stop)).Updated);
        Assert.Equal(500, (await engine.UpsertAsync(RowSource.From(Enumerable.Range(10, 500).Select(i => new Felt(i, "cross"))), table: felt, cancellationToken: Stop)).Inserted);
        Assert.Equal(5, (await engine.InsertAsync(RowSource.From(Enumerable.Range(1_000, 5).Select(i => new Felt(i, "cross"))), felt, cancellationToken: Stop)).Inserted);
        Assert.Equal(505, await engine.ExecuteAsync(Update(felt).Set(felt.Column<string>("mood"), "calm").Where(felt.Column<string>("mood") == "cross"), Stop));
        Assert.Equal($"calm|507", (await database.RunPsqlAsync($"SELECT mood, count(*) FROM {felt.Name} WHERE mood IN (SELECT unnest(enum_range(NULL::{type}))) GROUP BY 1")).Trim());
    }

    [Fact]
    public async Task A_statement_that_writes_is_run_once()
    {
        var (engine, type, felt) = await ArrangeAsync();
        await using var disposal = engine;
        var unsure = await Assert.ThrowsAsync<StatementException>(() => engine.QueryAsync<string>(
            Raw($"INSERT INTO {felt.Name} VALUES (77, 'calm') RETURNING mood"), Stop));
        Assert.Equal("SLU0322", unsure.Code);
        Assert.DoesNotContain("changed nothing", unsure.Message, StringComparison.Ordinal);
        Assert.Equal("1", (await database.RunPsqlAsync($"SELECT count(*) FROM {felt.Name} WHERE id = 77")).Trim());
        Assert.Equal("calm", await engine.ScalarAsync<string>(Raw($"INSERT INTO {felt.Name} VALUES (78, 'calm') RETURNING mood"), Stop));

        var (second, _, more) = await ArrangeAsync();
        await using var secondDisposal = second;
        await database.ExecuteAsync($"CREATE FUNCTION note_{more.Name}() RETURNS SETOF {more.Name} LANGUAGE sql AS $$ INSERT INTO {more.Name} SELECT max(id) + 1, 'calm' FROM {more.Name} RETURNING * $$");
        await Assert.ThrowsAsync<StatementException>(() => second.QueryAsync<Dictionary<string, object?>>(Raw($"SELECT * FROM note_{more.Name}()"), Stop));
        Assert.Equal("3", (await database.RunPsqlAsync($"SELECT count(*) FROM {more.Name}")).Trim());
    }
}
