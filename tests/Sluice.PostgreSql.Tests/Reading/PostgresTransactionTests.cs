using System.Net;
using Npgsql;
using Sluice.Specification.Databases;
using Sluice.Specification.Reading;
using Sluice.Specification.Rows;
using static Sluice.Sql;

namespace Sluice.PostgreSql.Tests.Reading;

/// <summary>Streams and loads of one PostgreSQL transaction, by every way of COPY, and a connection that its owner uses too.</summary>
public sealed class PostgresTransactionTests(Postgres18 database) : ReadingSpec(database), IClassFixture<Postgres18>
{
    const int Rows = 1_000;

    sealed record Host(long Id, IPAddress Address);

    static BulkOptions Chunks { get; } = new() { ChunkSize = ChunkSize.Fixed(250), Order = RowOrder.AsGiven };

    async Task PrepareAsync(string type, string value, string check) => await Database.ExecuteAsync(
        $"DROP TABLE IF EXISTS given, host; CREATE TABLE given (id bigint PRIMARY KEY, address {type}); INSERT INTO given SELECT i, {value} FROM generate_series(1, {Rows}) i; "
        + $"CREATE TABLE host (id bigint PRIMARY KEY, address {type} CONSTRAINT address_range CHECK ({check}))");

    // Where a row is refused: in the third of four chunks.
    async Task AssertRefusedAsync(Transaction transaction, string path, Func<BulkOptions, Task<BulkResult>> load)
    {
        var refused = await Assert.ThrowsAsync<BulkRowException>(() => load(Chunks));
        Assert.Equal((613L, "address_range"), (refused.RowNumber, refused.ConstraintName));
        await transaction.ExecuteAsync(Text($"ALTER TABLE host DROP CONSTRAINT address_range"), Stop);
        var result = await load(Chunks);
        Assert.Equal((path, (long)Rows), (result.Plan.Path.Name, result.Inserted));
        await transaction.CommitAsync(Stop);
        Assert.Equal("0", (await database.RunPsqlAsync("SELECT count(*) FROM (TABLE given EXCEPT TABLE host) d")).Trim());
        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task Text_of_a_table_is_copied_to_another_one()
    {
        await PrepareAsync("interval", "make_interval(hours => i)", "address <> make_interval(hours => 613)");
        await using var transaction = await Engine.BeginAsync(cancellationToken: Stop);
        var (from, to) = (await transaction.ReadTableAsync("given", Stop), await transaction.ReadTableAsync("host", Stop));
        await AssertRefusedAsync(transaction, "text COPY",
            async options =>
                await transaction.InsertAsync(await transaction.OpenRowsAsync(from, new StreamOptions { YieldPer = 100 }, Stop), to,
                    options: options, cancellationToken: Stop));
    }

    [Fact]
    public async Task Values_that_only_the_driver_encodes_are_copied_to_another_table()
    {
        await PrepareAsync("inet", "'10.0.0.0'::inet + i", "address <> '10.0.0.0'::inet + 613");
        await using var transaction = await Engine.BeginAsync(cancellationToken: Stop);
        await AssertRefusedAsync(
            transaction, "binary COPY by the driver", options =>
                transaction.InsertAsync(transaction.StreamAsync<Host>(Text($"SELECT id, address FROM given ORDER BY id"), new StreamOptions { YieldPer = 100 }, Stop), options: options, cancellationToken: Stop));
    }

    [Fact]
    public async Task What_a_trigger_drops_is_counted_for_each_of_two_loads_of_one_table()
    {
        await Database.ExecuteAsync(
            """
            DROP TABLE IF EXISTS host; CREATE TABLE host (id bigint PRIMARY KEY, address inet);
            CREATE OR REPLACE FUNCTION drop_some() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN CASE WHEN NEW.id % 10 <> 0 THEN NEW END; END $$;
            CREATE TRIGGER drop_some BEFORE INSERT ON host FOR EACH ROW EXECUTE FUNCTION drop_some();
            """);
        await using var transaction = await Engine.BeginAsync(cancellationToken: Stop);
        var table = (await transaction.ReadTableAsync("host", Stop));

        var results = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(n => transaction.InsertAsync(RowSource.From(Enumerable.Range(1 + (n * 1_000), 1_000).Select(i => new Number(i))), table, Chunks, cancellationToken: Stop)));
        await transaction.CommitAsync(Stop);

        Assert.All(results, r => Assert.Equal((900, 100), (r.Inserted, r.Skipped)));
        Assert.Equal(3_600, await Database.CountAsync("host"));
    }

    sealed record Number(long Id);

    [Fact]
    public async Task A_connection_that_its_owner_uses_is_not_told_as_lost()
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(Stop);
        await using var transaction = await connection.BeginTransactionAsync(Stop);
        var attached = PostgresEngine.Attach(connection, transaction);
        await using (var command = new NpgsqlCommand("SELECT id FROM ticks", connection, transaction))
        await using (var reader = await command.ExecuteReaderAsync(Stop))
        {
            Assert.True(await reader.ReadAsync(Stop));
            Func<Task>[] uses =
            [
                () => attached.ExecuteAsync(Update(Tick.Table).Set(Tick.Table.Device, 1).Where(Tick.Table.Id == 1L), Stop), () => attached.QueryAsync<Tick>(AllTicks, Stop),
                () => attached.InsertAsync([NewTick(9_999)], cancellationToken: Stop), () => attached.ReadTableAsync("ticks", Stop), () => ToListAsync(attached.StreamAsync<Tick>(AllTicks, cancellationToken: Stop)),
            ];
            foreach (var use in uses)
            {
                var failure = await Assert.ThrowsAnyAsync<BulkException>(use);
                Assert.Equal("SLU0317", failure.Code);
                Assert.False(failure.IsTransient);
            }
        }
        Assert.Equal(1, (await attached.InsertAsync([NewTick(9_999)], cancellationToken: Stop)).Inserted);
        await transaction.CommitAsync(Stop);
        Assert.Equal(Count + 1, await Database.CountAsync("ticks"));
    }

    [Fact]
    public async Task What_follows_a_failure_in_a_transaction_is_told_as_such()
    {
        await using var transaction = await Engine.BeginAsync(cancellationToken: Stop);
        await using var savepoint = await transaction.SavepointAsync(Stop);
        await Assert.ThrowsAsync<StatementException>(() => transaction.ExecuteAsync(Text($"SELECT 1 / 0"), Stop));
        Assert.Equal("SLU0316", (await Assert.ThrowsAsync<StatementException>(() => transaction.QueryAsync<Tick>(AllTicks, Stop))).Code);
        await savepoint.RollbackAsync(Stop);
        Assert.Equal(Count, (await transaction.QueryAsync<Tick>(AllTicks, Stop)).Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_cursor_that_went_with_a_savepoint_does_not_take_the_transaction_along(bool attached)
    {
        await using var begun = attached ? await database.AttachAsync() : await BegunTransaction.OfAsync(Engine);
        await begun.Database.ExecuteAsync(Update(Tick.Table).Set(Tick.Table.Device, 99).Where(Tick.Table.Id == 1L), Stop);
        var rows = begun.Database.StreamAsync<Tick>(AllTicks, new StreamOptions { YieldPer = 10 }, Stop).GetAsyncEnumerator(Stop);
        await begun.Database.ExecuteAsync(Text($"SAVEPOINT mine"), Stop);
        Assert.True(await rows.MoveNextAsync());
        await begun.Database.ExecuteAsync(Text($"ROLLBACK TO SAVEPOINT mine"), Stop);
        await rows.DisposeAsync();
        await begun.Database.ExecuteAsync(Update(Tick.Table).Set(Tick.Table.Device, 98).Where(Tick.Table.Id == 2L), Stop);
        await begun.CommitAsync();

        Assert.Equal("99\n98", (await database.RunPsqlAsync("SELECT device FROM ticks WHERE id < 3 ORDER BY id")).Trim());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Chunks_go_in_one_COPY_unless_another_one_needs_the_connection(bool shared)
    {
        await Database.ExecuteAsync("DROP TABLE IF EXISTS made_ticks");
        await Engine.CreateTableAsync(MadeTick.Table, Stop);
        await using var transaction = await Engine.BeginAsync(cancellationToken: Stop);
        var given = shared ? transaction.StreamAsync<Tick>(AllTicks, new StreamOptions { YieldPer = 250 }, Stop) : Ticks.ToAsyncEnumerable();
        await transaction.InsertAsync(given.Select(t => MadeTick.Of(t)), options: Chunks, cancellationToken: Stop);
        await transaction.CommitAsync(Stop);

        // Rows of one COPY have one command number within their transaction.
        var copies = int.Parse(await database.RunPsqlAsync("SELECT count(DISTINCT cmin::text::int) FROM made_ticks"), System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(copies, shared ? 5 : 1, shared ? 10 : 1);
    }
}
