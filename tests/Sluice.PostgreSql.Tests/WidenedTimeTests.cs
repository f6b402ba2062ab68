using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace Sluice.PostgreSql.Tests;

/// <summary>Columns of times that keep more digits than when the engine saw them, which rewrites no value of the table.</summary>
public sealed class WidenedTimeTests(Postgres18 database) : IClassFixture<Postgres18>
{
    [Table("widened")]
    sealed record Moment([property: Key] int Id, DateTime At);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static Moment Of(int id) => new(id, new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Unspecified).AddMicroseconds(123_456));

    static readonly Func<Engine, Moment[], Task<BulkResult>>[] s_verbs =
    [
        (engine, rows) => engine.InsertAsync(rows, cancellationToken: Stop),
        (engine, rows) => engine.UpsertAsync(rows, cancellationToken: Stop),
        (engine, rows) => engine.UpsertAsync(rows, on: on => on.DoNothing(), cancellationToken: Stop),
        (engine, rows) => engine.UpdateAsync(rows, cancellationToken: Stop),
    ];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_time_keeps_the_digits_that_its_column_has_now(int verb)
    {
        await database.ExecuteAsync("DROP TABLE IF EXISTS widened; CREATE TABLE widened (id int PRIMARY KEY, at timestamp(3)); INSERT INTO widened SELECT i, 'epoch' FROM generate_series(101, 106) i");
        await using var engine = database.CreateEngine();
        for (var call = 0; call < 4; call++)
            await s_verbs[verb](engine, [Of(call)]);
        await database.ExecuteAsync("ALTER TABLE widened ALTER at TYPE timestamp(6)");

        await s_verbs[verb](engine, [Of(verb is 3 ? 101 : 5)]);

        Assert.Equal("123456", await database.ScalarAsync<string>($"SELECT to_char(at, 'US') FROM widened WHERE id = {(verb is 3 ? 101 : 5)}"));
    }
}
