using Sluice.Specification.Changes;
using static Sluice.Sql;

namespace Sluice.PostgreSql.Tests;

/// <summary>Which plans the server may keep.</summary>
public abstract class StagedPlanTests(TestPostgres database) : IAsyncLifetime
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database.Require();
        await database.ExecuteAsync("DROP TABLE IF EXISTS devices CASCADE; CREATE TABLE devices (site bigint, name text, version int NOT NULL, value double precision, note text, PRIMARY KEY (site, name))");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_join_with_staged_rows_is_planned_for_each_chunk(bool deletes)
    {
        Device[] rows = [.. Enumerable.Range(0, 2_000).Select(i => new Device(i % 7, $"k{i}", i, i / 2.0, null))];
        await using var engine = PostgresEngine.Create(database.ConnectionString, new PostgresEngineOptions { PoolSize = 1, MaxOverflow = 0 });
        await engine.InsertAsync(rows, cancellationToken: Stop);
        var staged = new BulkOptions { Path = RowPath.Staging, ChunkSize = ChunkSize.Fixed(100), Commit = CommitPolicy.PerChunk };

        var result = deletes
            ? await engine.DeleteAsync(rows, staged, cancellationToken: Stop)
            : await engine.UpdateAsync([.. rows.Select(r => r with { Note = "again" })], staged, cancellationToken: Stop);

        Assert.Equal(2_000, result.Loaded);
        var kept = await engine.QueryAsync<string>(Text($"SELECT statement FROM pg_prepared_statements"), Stop);
        Assert.DoesNotContain(kept, statement => statement.Contains("sluice_rows", StringComparison.Ordinal) && statement.Contains("devices", StringComparison.Ordinal) && !statement.StartsWith("COPY", StringComparison.Ordinal));
        Assert.Equal(deletes ? 0 : 2_000, await database.ScalarAsync<long>("SELECT count(*) FROM devices WHERE note = 'again'"));
    }
}

public sealed class Postgres15StagedPlanTests(Postgres15 database) : StagedPlanTests(database), IClassFixture<Postgres15>;

public sealed class Postgres18StagedPlanTests(Postgres18 database) : StagedPlanTests(database), IClassFixture<Postgres18>;
