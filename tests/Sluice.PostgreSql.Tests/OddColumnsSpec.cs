using System.ComponentModel.DataAnnotations;
using NpgsqlTypes;

namespace Sluice.PostgreSql.Tests;

[RowOf("articles")]
public sealed partial record Article([property: Key] string Code, string[] Tags, string Mood, TimeOnly Opens, TimeSpan Takes, string? Body);

/// <summary>Rows with columns that do not go in an array come back from every verb all the same.</summary>
public abstract class OddColumnsSpec(TestPostgres database) : IAsyncLifetime
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    Engine Engine => database.Engine;

    public async ValueTask InitializeAsync()
    {
        database.Require();
        await database.ExecuteAsync("""
            DROP TABLE IF EXISTS articles; DROP TYPE IF EXISTS article_mood;
            CREATE TYPE article_mood AS ENUM ('calm', 'wild');
            CREATE TABLE articles (id bigint GENERATED ALWAYS AS IDENTITY, code char(6) NOT NULL UNIQUE, tags text[] NOT NULL, mood article_mood NOT NULL, opens time NOT NULL,
              takes interval NOT NULL, body jsonb, valid int4range)
            """);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    static Article[] Articles(int count, string mood = "calm") =>
        [.. Enumerable.Range(0, count).Select(i => new Article($"a{i}", [$"t{i}", "x"], mood, new TimeOnly(i % 24, 5), TimeSpan.FromMinutes(i), i % 2 == 0 ? null : "{\"a\": 1}"))];

    [Theory]
    [InlineData(1)]
    [InlineData(300)]
    [InlineData(7_000)]
    public async Task From_every_verb(int count)
    {
        var table = await Engine.ReadTableAsync("articles", Stop);
        var id = table.Column<long>("id");
        var code = table.Column<string>("code");
        var inserted = await ReadAsync(Engine.InsertReturningAsync<Article, Dictionary<string, object?>>(Articles(count), [id.Description, code.Description], cancellationToken: Stop), a => a.Code);
        Assert.Equal(count, inserted.Count);
        Assert.All(inserted, pair => Assert.Equal(RowAction.Inserted, pair.Action));

        Article[] more = [new("new", [], "wild", default, default, null), .. Articles(count, "wild").Reverse()];
        var upserted = await ReadAsync(Engine.UpsertReturningAsync<Article, Dictionary<string,
            object?>>(more, [id.Description, code.Description], on: on => on.Columns(code), cancellationToken: Stop), a => a.Code);
        Assert.Equal([RowAction.Inserted, .. Enumerable.Repeat(RowAction.Updated, count)], upserted.Select(u => u.Action));
        Assert.Equal(inserted.Select(i => i.Id), upserted.Skip(1).Select(u => u.Id).Reverse());
        Assert.Equal(count + 1, await database.ScalarAsync<long>("SELECT count(*) FROM articles WHERE mood = 'wild'"));
        Assert.Equal(count, await database.ScalarAsync<long>("SELECT count(*) FROM articles WHERE tags = ARRAY['t' || substr(code, 2), 'x'] AND takes = make_interval(mins => substr(code, 2)::int) AND (body = '{\"a\": 1}') IS NOT FALSE"));

        var left = await ReadAsync(Engine.UpsertReturningAsync<Article, Dictionary<string,
            object?>>(more, [id.Description, code.Description], on: on => on.Columns(code).DoNothing(), cancellationToken: Stop), a =>
                a.Code);
        Assert.Equal(upserted.Select(u => (u.Id, RowAction.Unchanged)), left.Select(l => (l.Id, l.Action)));
        var updated = await ReadAsync(Engine.UpdateReturningAsync<Article, Dictionary<string,
            object?>>(Articles(count + 1), [id.Description, code.Description], on: on => on.Columns(code), cancellationToken: Stop), a =>
                a.Code);
        Assert.Equal([.. Enumerable.Repeat(RowAction.Updated, count), RowAction.Skipped], updated.Select(u => u.Action));
        Assert.Equal(count, await database.ScalarAsync<long>("SELECT count(*) FROM articles WHERE mood = 'calm'"));
        Assert.Empty(await database.QueryAsync("SELECT 1 FROM pg_class WHERE relname LIKE 'sluice%'"));
    }

    static async Task<List<(long Id, RowAction Action)>> ReadAsync(ReturnedRows<Article, Dictionary<string, object?>> returned, Func<Article, string> codeOf)
    {
        var all = new List<(long, RowAction)>();
        await foreach (var (row, values, action) in returned)
        {
            if (action is not RowAction.Skipped)
                Assert.Equal(codeOf(row), ((string)values["code"]!).TrimEnd());
            all.Add((action is RowAction.Skipped ? 0 : (long)values["id"]!, action));
        }
        return all;
    }

    [Fact]
    public async Task Ranges_that_the_driver_writes()
    {
        var table = await Engine.ReadTableAsync("articles", Stop);
        Ranged[] ranged = [new("r1", new NpgsqlRange<int>(1, 5)), new("r2", new NpgsqlRange<int>(2, 9))];
        await database.ExecuteAsync("ALTER TABLE articles ALTER tags SET DEFAULT '{}', ALTER mood SET DEFAULT 'calm', ALTER opens SET DEFAULT '08:00', ALTER takes SET DEFAULT '1 min'");
        var result = await Engine.UpsertReturningAsync<Ranged, long>(ranged, table.Column<long>("id"),
            on: on => on.Columns(table.Column<string>("code")), cancellationToken: Stop).WriteBackAsync((_, _) => { }, Stop);
        Assert.Equal(2, result.Inserted);
        Assert.Equal("[1,6),[2,10)", await database.ScalarAsync<string>("SELECT string_agg(valid::text, ',' ORDER BY code) FROM articles"));
    }

    [System.ComponentModel.DataAnnotations.Schema.Table("articles")]
    sealed record Ranged([property: Key] string Code, NpgsqlRange<int> Valid);

    [Fact]
    public async Task A_row_that_is_refused_is_named()
    {
        var table = await Engine.ReadTableAsync("articles", Stop);
        await database.ExecuteAsync("ALTER TABLE articles ADD CHECK (opens < '20:00')");
        var code = table.Column<string>("code");
        var refused = await Assert.ThrowsAsync<BulkRowException>(
            () =>
                Engine.UpsertReturningAsync(Articles(40), table.Column<long>("id"), on: on => on.Columns(code),
                    cancellationToken: Stop).WriteBackAsync((_, _) => { }, Stop));
        Assert.Equal((21L, "23514"), (refused.RowNumber, refused.SqlState));
        Assert.Equal(0, await database.CountAsync("articles"));
    }
}

public sealed class Postgres15OddColumnsSpec(Postgres15 database) : OddColumnsSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18OddColumnsSpec(Postgres18 database) : OddColumnsSpec(database), IClassFixture<Postgres18>;
