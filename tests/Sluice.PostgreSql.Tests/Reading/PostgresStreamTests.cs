using Npgsql;
using Sluice.Specification.Reading;
using Sluice.Specification.Rows;
using static Sluice.Sql;

namespace Sluice.PostgreSql.Tests.Reading;

/// <summary>What a PostgreSQL server sees of a stream.</summary>
public sealed class PostgresStreamTests(Postgres18 database) : ReadingSpec(database), IClassFixture<Postgres18>
{
    static StreamOptions Batches(StreamMode mode = StreamMode.Cursor) => new() { Mode = mode, YieldPer = 100 };

    async Task<(int Pid, string State, string Query)> OtherAsync()
    {
        var rows = await Database.QueryAsync(
            "SELECT pid, state, query FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL AND backend_type = 'client backend'");
        var row = Assert.Single(rows);
        return ((int)row[0]!, (string)row[1]!, (string)row[2]!);
    }

    [Theory]
    [InlineData(StreamMode.Cursor)]
    [InlineData(StreamMode.Direct)]
    public async Task A_killed_backend_ends_the_stream_with_an_error_and_leaves_the_pool_usable(StreamMode mode)
    {
        await using var rows = Engine.StreamAsync<long>(Endless, Batches(mode), Stop).GetAsyncEnumerator(Stop);
        Assert.True(await rows.MoveNextAsync());
        var (pid, _, _) = await OtherAsync();
        await Database.ExecuteAsync($"SELECT pg_terminate_backend({pid})");

        var failure = await Assert.ThrowsAsync<StatementException>(async () =>
        {
            while (await rows.MoveNextAsync())
            {
                // What the server had sent before it ended may still come.
            }
        });

        Assert.Equal("SLU0303", failure.Code);
        Assert.True(failure.IsTransient);
        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task The_next_batch_is_read_while_the_consumer_works_and_no_further_one()
    {
        await using var rows = Engine.StreamAsync<Tick>(AllTicks, Batches(), Stop).GetAsyncEnumerator(Stop);
        Assert.True(await rows.MoveNextAsync());
        await Task.Delay(300, Stop);

        var (_, state, query) = await OtherAsync();

        Assert.Equal("idle in transaction", state);
        Assert.StartsWith("FETCH FORWARD 100 FROM", query, StringComparison.Ordinal);
        // The transaction reads only, and a second row of the batch asks the server nothing.
        Assert.True(await rows.MoveNextAsync());
        Assert.Equal(query, (await OtherAsync()).Query);
    }

    [Fact]
    public async Task A_transaction_of_the_streams_own_only_reads()
    {
        await Database.ExecuteAsync("CREATE SEQUENCE IF NOT EXISTS writes_when_read");
        var failure = await Assert.ThrowsAsync<StatementException>(
            () => ToListAsync(Engine.StreamAsync<long>(Text($"SELECT nextval('writes_when_read')"), Batches(), Stop)));
        Assert.Equal("25006", failure.SqlState);
        await AssertNothingIsLeftAsync();

        Assert.Equal([1L], await ToListAsync(Engine.StreamAsync<long>(Text($"SELECT nextval('writes_when_read')"), Batches(StreamMode.Direct), Stop)));
    }

    [Fact]
    public async Task Text_that_no_cursor_can_be_declared_for_comes_directly()
    {
        var lines = await ToListAsync(Engine.StreamAsync<string>(Text($"EXPLAIN SELECT * FROM ticks WHERE id = 1"), cancellationToken: Stop));

        Assert.Contains("ticks", lines[0], StringComparison.Ordinal);
        Assert.Equal(["on"], await ToListAsync(Engine.StreamAsync<string>(Text($"SHOW fsync"), cancellationToken: Stop)), (a, b) => a.Length > 0 && b.Length > 0);
    }

    [Fact]
    public async Task A_commented_select_in_brackets_is_a_select()
    {
        var started = Text($"-- numbers\n /* of ( ticks */ (SELECT id FROM ticks ORDER BY id);");
        await using var rows = Engine.StreamAsync<long>(started, new() { YieldPer = 100 }, Stop).GetAsyncEnumerator(Stop);
        Assert.True(await rows.MoveNextAsync());
        await Task.Delay(100, Stop);

        Assert.StartsWith("FETCH", (await OtherAsync()).Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_in_the_query_comes_with_its_state()
    {
        var failure = await Assert.ThrowsAsync<StatementException>(
            () => ToListAsync(Engine.StreamAsync<int>(Text($"SELECT 1 / (id - {1_500})::int FROM ticks ORDER BY id"), Batches(), Stop)));

        Assert.Equal("22012", failure.SqlState);
        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task Two_queries_of_different_columns_stream_in_turns_on_one_prepared_connection()
    {
        await using var engine = PostgresEngine.Create(((Postgres18)Database).ConnectionString, new() { PoolSize = 1, MaxOverflow = 0 });
        for (var i = 0; i < 8; i++)
        {
            Assert.Equal(Ticks, await ToListAsync(engine.StreamAsync<Tick>(AllTicks, Batches(), Stop)));
            Assert.Equal(Ticks.Select(t => t.Id), await ToListAsync(engine.StreamAsync<long>(Select(Tick.Table.Id).From(Tick.Table).OrderBy(Tick.Table.Id), Batches(), Stop)));
        }
    }

    [Theory]
    [InlineData(StreamMode.Cursor)]
    [InlineData(StreamMode.Direct)]
    public async Task A_callers_own_connection_streams_within_its_transaction_and_without_one(StreamMode mode)
    {
        await using var connection = new NpgsqlConnection(((Postgres18)Database).ConnectionString);
        await connection.OpenAsync(Stop);
        Assert.Equal(Count, (await ToListAsync(PostgresEngine.Attach(connection).StreamAsync<Tick>(AllTicks, Batches(mode), Stop))).Count);

        await using var transaction = await connection.BeginTransactionAsync(Stop);
        var attached = PostgresEngine.Attach(connection, transaction);
        await attached.InsertAsync([NewTick(Count + 1)], cancellationToken: Stop);
        await foreach (var tick in attached.StreamAsync<Tick>(AllTicks, Batches(mode), Stop))
        {
            if (tick.Id == 150)
                break;
        }
        Assert.Equal(Count + 1, (await ToListAsync(attached.StreamAsync<Tick>(AllTicks, Batches(mode), Stop))).Count);
        await transaction.CommitAsync(Stop);
        Assert.Equal(Count + 1, await Database.CountAsync("ticks"));
    }
}
