using System.Runtime.CompilerServices;
using Npgsql;
using Sluice.Specification.Reading;
using Sluice.Specification.Rows;
using static Sluice.Sql;

namespace Sluice.PostgreSql.Tests.Reading;

/// <summary>Every way of reading and every way for it to end, on a pool of one connection: what pg_stat_activity and pg_cursors show afterwards.</summary>
public sealed class PostgresLeftoverTests(Postgres18 database) : ReadingSpec(database), IClassFixture<Postgres18>
{
    const string First = "marker_1";

    public static TheoryData<string> Ways { get; } = ["cursor", "direct", "pages", "transform", "reader of a cursor", "reader"];

    public static TheoryData<string> HeldWays { get; } = ["cursor", "direct", "transform", "reader of a cursor", "reader"];

    static StreamOptions Batches(StreamMode mode) => new() { Mode = mode, YieldPer = 100 };

    PostgresEngine OnePool() => PostgresEngine.Create(((Postgres18)Database).ConnectionString, new() { PoolSize = 1, MaxOverflow = 0, PoolTimeout = TimeSpan.FromSeconds(10) });

    static IAsyncEnumerable<long> Rows(Database from, string way, CancellationToken stop) => way switch
    {
        "cursor" => from.StreamAsync<long>(Endless, Batches(StreamMode.Cursor), stop),
        "direct" => from.StreamAsync<long>(Endless, Batches(StreamMode.Direct), stop),
        "pages" => from.StreamByKeyAsync<long>(Select(Tick.Table.Id).From(Tick.Table), Tick.Table.Id, 100, stop),
        "transform" => from.StreamAsync<long>(Endless, Batches(StreamMode.Auto), stop).TransformAsync(n => n, degree: 2, batchRows: 16, stop),
        "reader" => ReadAsync(from, StreamMode.Direct, stop),
        _ => ReadAsync(from, StreamMode.Cursor, stop),
    };

    static async IAsyncEnumerable<long> ReadAsync(Database from, StreamMode mode, [EnumeratorCancellation] CancellationToken stop)
    {
        await using var reader = await from.ExecuteReaderAsync(Endless, Batches(mode), stop);
        while (await reader.ReadAsync(stop))
            yield return reader.GetInt64(0);
    }

    async Task AssertNothingIsLeftAsync(Engine engine)
    {
        await AssertNothingIsLeftAsync();
        // The one connection is back and in order.
        Assert.Equal(0, await engine.ScalarAsync<long>(Text($"SELECT count(*) FROM pg_cursors WHERE name <> ''"), Stop));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task After_a_break(string way)
    {
        await using var engine = OnePool();
        await foreach (var row in Rows(engine, way, Stop))
        {
            if (row == 150)
                break;
        }
        await AssertNothingIsLeftAsync(engine);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task After_an_exception_of_the_consumer(string way)
    {
        await using var engine = OnePool();
        await Assert.ThrowsAsync<InvalidTimeZoneException>(async () =>
        {
            await foreach (var row in Rows(engine, way, Stop))
            {
                if (row == 150)
                    throw new InvalidTimeZoneException();
            }
        });
        await AssertNothingIsLeftAsync(engine);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task After_a_cancellation(string way)
    {
        await using var engine = OnePool();
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var row in Rows(engine, way, cancellation.Token))
            {
                if (row == 150)
                    await cancellation.CancelAsync();
            }
        });
        await AssertNothingIsLeftAsync(engine);
    }

    [Theory]
    [MemberData(nameof(HeldWays))]
    public async Task After_its_backend_was_killed(string way)
    {
        await using var engine = OnePool();
        var failure = await Assert.ThrowsAsync<StatementException>(async () =>
        {
            await foreach (var row in Rows(engine, way, Stop))
            {
                if (row == 50)
                    await Database.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL AND backend_type = 'client backend' AND query NOT LIKE '%count(*)%'");
            }
        });
        Assert.True(failure.IsTransient, failure.Message);
        await AssertNothingIsLeftAsync(engine);
    }

    [Theory]
    [MemberData(nameof(HeldWays))]
    public async Task In_the_callers_transaction_no_cursor_stays_and_it_can_go_on(string way)
    {
        await using var engine = OnePool();
        await using var transaction = await engine.BeginAsync(cancellationToken: Stop);
        await transaction.InsertAsync([NewTick(Count + 1)], cancellationToken: Stop);
        await foreach (var row in Rows(transaction, way, Stop))
        {
            if (row == 150)
                break;
        }
        Assert.Equal(0, await transaction.ScalarAsync<long>(Text($"SELECT count(*) FROM pg_cursors WHERE name <> ''"), Stop));
        await transaction.RollbackAsync(Stop);
        await AssertNothingIsLeftAsync(engine);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task The_first_row_comes_within_two_round_trips(string way)
    {
        var at = new NpgsqlConnectionStringBuilder(((Postgres18)Database).ConnectionString);
        await using var proxy = new RoundTripProxy(at.ConnectionString, First);
        at.Port = proxy.Port;
        at.SslMode = SslMode.Disable;
        await using var engine = PostgresEngine.Create(at.ConnectionString, new() { PoolSize = 1, MaxOverflow = 0 });
        // Connecting, and what the driver asks a server for once, are done before.
        Assert.Equal(1, await engine.ScalarAsync<long>(Text($"SELECT CAST(1 AS bigint)"), Stop));
        proxy.Begin();

        Assert.Equal(First, await FirstAsync(engine, way));

        Assert.InRange(proxy.TurnsToFirstRow, 1, 2);
    }

    static async Task<string> FirstAsync(PostgresEngine engine, string way)
    {
        var texts = Text($"SELECT 'marker_' || id FROM ticks ORDER BY id");
        var mode = way is "direct" or "reader" ? StreamMode.Direct : StreamMode.Cursor;
        if (way.StartsWith("reader", StringComparison.Ordinal))
        {
            await using var reader = await engine.ExecuteReaderAsync(texts, Batches(mode), Stop);
            return await reader.ReadAsync(Stop) ? reader.GetString(0) : "";
        }
        IAsyncEnumerable<string> rows = way switch
        {
            "pages" => engine.StreamByKeyAsync<string>(Select(Text($"'marker_' || id").AsExpr<string>().As("t")).From(Tick.Table), Tick.Table.Id, 100, Stop),
            "transform" => engine.StreamAsync<string>(texts, Batches(mode), Stop).TransformAsync(text => text, degree: 2, cancellationToken: Stop),
            _ => engine.StreamAsync<string>(texts, Batches(mode), Stop),
        };
        return await rows.FirstAsync(Stop);
    }
}
