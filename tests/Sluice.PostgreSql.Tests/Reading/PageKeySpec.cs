using System.ComponentModel.DataAnnotations;
using static Sluice.Sql;

namespace Sluice.PostgreSql.Tests.Reading;

[RowOf("page_keys")]
public sealed partial record PageKeyRow([property: Key] int Id, DateTime At, float Value);

/// <summary>Pages by keys whose columns are of another type than their property suggests.</summary>
public abstract class PageKeySpec(TestPostgres database) : IAsyncLifetime
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database.Require();
        await database.ExecuteAsync("""
            DROP TABLE IF EXISTS page_keys;
            CREATE TABLE page_keys (id int PRIMARY KEY, at timestamp NOT NULL, value double precision NOT NULL);
            INSERT INTO page_keys SELECT i, timestamp '2026-01-01' + i * interval '1 microsecond', i / 10.0 FROM generate_series(1, 20) i
            """);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Every_row_comes_once(int pageSize)
    {
        var t = PageKeyRow.Table;
        foreach (var key in new[] { t.At.Asc(), t.Value.Asc() })
        {
            var ids = new List<int>();
            await foreach (var id in database.Engine.StreamByKeyAsync<int>(Select(t.Id).From(t), key, pageSize, Stop))
                ids.Add(id);
            Assert.Equal(Enumerable.Range(1, 20), ids);
        }
    }
}

public sealed class Postgres15PageKeySpec(Postgres15 database) : PageKeySpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18PageKeySpec(Postgres18 database) : PageKeySpec(database), IClassFixture<Postgres18>;
