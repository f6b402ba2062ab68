using System.ComponentModel.DataAnnotations;

namespace Sluice.PostgreSql.Tests;

[RowOf("exact_numbers")]
public sealed partial record ExactNumber([property: Key] int K, double N);

/// <summary>Numeric values that no decimal holds are the same whichever way their rows go.</summary>
public abstract class NumericRowsSpec(TestPostgres database) : IAsyncLifetime
{
    static readonly double[] s_numbers = [1e-40, 1.23456789E-25, double.NaN, 1e30, 1e20, 1.5e-7, -1e-40, 0.1, 0];

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database.Require();
        await database.ExecuteAsync("DROP TABLE IF EXISTS exact_numbers; CREATE TABLE exact_numbers (k int PRIMARY KEY, n numeric)");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(9, RowPath.Automatic)]
    [InlineData(1_000, RowPath.Automatic)]
    [InlineData(4_000, RowPath.Automatic)]
    [InlineData(9, RowPath.Arrays)]
    [InlineData(9, RowPath.Staging)]
    public async Task Numbers_that_no_decimal_holds_are_stored_as_they_are(int count, RowPath path)
    {
        ExactNumber[] rows = [.. Enumerable.Range(0, count).Select(k => new ExactNumber(k, s_numbers[k % s_numbers.Length]))];
        await database.Engine.InsertAsync(rows, cancellationToken: Stop);
        var inserted = await TextsAsync();
        await database.ExecuteAsync("DELETE FROM exact_numbers");
        var options = new BulkOptions { Target = new() { Path = path } };
        // The second and third calls find the statement that the first one left.
        foreach (var numbers in new[] { [.. rows.Select(r => r with { N = 1.5 })], rows, rows })
            Assert.Equal(count, (await database.Engine.UpsertAsync(numbers, options: options, cancellationToken: Stop)).Loaded);
        Assert.Equal(inserted, await TextsAsync());
        await database.ExecuteAsync("UPDATE exact_numbers SET n = 7");
        Assert.Equal(count, (await database.Engine.UpdateAsync(rows, options: options, cancellationToken: Stop)).Updated);
        Assert.Equal(inserted, await TextsAsync());
    }

    async Task<string[]> TextsAsync() => [.. (await database.QueryAsync("SELECT n::text FROM exact_numbers ORDER BY k")).Select(r => (string)r[0]!)];
}

public sealed class Postgres15NumericRowsSpec(Postgres15 database) : NumericRowsSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18NumericRowsSpec(Postgres18 database) : NumericRowsSpec(database), IClassFixture<Postgres18>;
