using Sluice.Specification.Databases;
using Sluice.Specification.Reading;
using Sluice.Specification.Rows;
using static Sluice.Sql;

namespace Sluice.Statements.Tests.Pipelines;

/// <summary>Typed rows from one database to another, made into others on the way.</summary>
public abstract class BetweenDatabasesTests
{
    const int Count = 5_000;

    static readonly DateTimeOffset s_start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static IReadOnlyList<Tick> Ticks { get; } =
        [.. Enumerable.Range(1, Count).Select(id => new Tick(id, id % 7, id / 8.0, s_start.AddMilliseconds(id * 250L), id % 3 == 0 ? null : new Guid(id, 4, 5, [1, 2, 3, 4, 5, 6, 7, 8])))];

    readonly TestDatabase _server;
    readonly TestDatabase _lite;

    protected BetweenDatabasesTests(TestDatabase server, TestDatabase lite)
    {
        server.Require();
        (_server, _lite) = (server, lite);
    }

    [Fact]
    public Task From_the_server_to_the_file() => MoveAsync(_server, _lite);

    [Fact]
    public Task From_the_file_to_the_server() => MoveAsync(_lite, _server);

    static async Task MoveAsync(TestDatabase from, TestDatabase to)
    {
        await from.ExecuteAsync("DROP TABLE IF EXISTS ticks");
        await from.Engine.CreateTableAsync(Tick.Table, Stop);
        await from.Engine.InsertAsync(Ticks, cancellationToken: Stop);
        await to.ExecuteAsync("DROP TABLE IF EXISTS made_ticks");
        await to.Engine.CreateTableAsync(MadeTick.Table, Stop);
        await to.Engine.InsertAsync(Ticks.Where(t => t.Id % 2 == 0).Select(t => MadeTick.Of(t) with { Score = -1 }), cancellationToken: Stop);

        var made = from.Engine.StreamAsync<Tick>(Select(Tick.Table).From(Tick.Table), new() { YieldPer = 300 }, Stop).TransformAsync(MadeTick.Of, degree: 2, cancellationToken: Stop);
        await to.Engine.UpsertAsync(made, options: new() { ChunkSize = ChunkSize.Fixed(700) }, cancellationToken: Stop);

        // The one database computes the scores, in quarters, for its client program, and the other one's shows what came; then every value of every row.
        Assert.Equal(
            await from.RunClientAsync($"SELECT id, CAST(({MadeTick.Sql}) * 4 AS bigint) FROM ticks ORDER BY id"),
            await to.RunClientAsync("SELECT id, CAST(score * 4 AS bigint) FROM made_ticks ORDER BY id"));
        Assert.Equal(Ticks.Select(MadeTick.Of), await to.Engine.QueryAsync<MadeTick>(Select(MadeTick.Table).From(MadeTick.Table).OrderBy(MadeTick.Table.Id), Stop));
        Assert.Empty(await from.OpenWorkAsync());
        Assert.Empty(await to.OpenWorkAsync());
    }
}

public sealed class Postgres15AndSqliteTests(Postgres15Database server, LiteDatabase lite)
    : BetweenDatabasesTests(server, lite), IClassFixture<Postgres15Database>, IClassFixture<LiteDatabase>;

public sealed class Postgres18AndSqliteTests(Postgres18Database server, LiteDatabase lite)
    : BetweenDatabasesTests(server, lite), IClassFixture<Postgres18Database>, IClassFixture<LiteDatabase>;
