using System.Globalization;
using Sluice.Specification.Statements;

namespace Sluice.Statements.Tests;

/// <summary>Random statements give the same rows on both databases.</summary>
public sealed class DifferentialTests(LiteDatabase sqlite, Postgres18Database postgres) : IClassFixture<LiteDatabase>, IClassFixture<Postgres18Database>
{
    const int Statements = 20_000;

    [Fact]
    public async Task Twenty_thousand_statements_agree()
    {
        postgres.Require();
        var stop = TestContext.Current.CancellationToken;
        var seed = int.TryParse(Environment.GetEnvironmentVariable("SLUICE_SEED"), out var given) ? given : Environment.TickCount;
        TestContext.Current.SendDiagnosticMessage("SLUICE_SEED={0}", seed);
        var random = new Random(seed);
        await FillAsync(sqlite.Engine, new Random(seed), stop);
        await FillAsync(postgres.Engine, new Random(seed), stop);

        await using var lite = await sqlite.Engine.BeginAsync(new TransactionOptions { ReadOnly = true }, stop);
        await using var pg = await postgres.Engine.BeginAsync(new TransactionOptions { ReadOnly = true }, stop);
        long rows = 0;
        for (var i = 0; i < Statements; i++)
        {
            var statement = new RandomQueries(random).Next();
            var expected = await RowsAsync(pg, statement, stop);
            var actual = await RowsAsync(lite, statement, stop);
            rows += expected.Count;
            Assert.True(
                expected.SequenceEqual(actual, StringComparer.Ordinal),
                $"SLUICE_SEED={seed}, statement {i}:\n{postgres.Engine.Render(statement)}\n{sqlite.Engine.Render(statement)}\n"
                + $"values {string.Join(", ", postgres.Engine.Render(statement).Parameters.Select(p => p.Value))}\n"
                + $"PostgreSQL: {string.Join("; ", expected.Take(8))}\nSQLite: {string.Join("; ", actual.Take(8))}");
        }
        Assert.True(rows > Statements, $"Only {rows} rows were compared.");
    }

    static async Task FillAsync(Engine engine, Random random, CancellationToken stop)
    {
        await engine.CreateTableAsync(Part.Table, stop);
        await engine.CreateTableAsync(Stock.Table, stop);
        string[] names = ["ring", "Ring", "piston", "", "it's", "größe", "a%b", "x_y"];
        await engine.InsertAsync(
            Enumerable.Range(1, 25).Select(i => new Part(
                i, names[random.Next(names.Length)], random.Next(3) == 0 ? null : random.Next(1, 25), random.Next(-20, 20) / 4.0, random.Next(2) == 0, null)),
            cancellationToken: stop);
        await engine.InsertAsync(
            Enumerable.Range(1, 25).SelectMany(i => new[] { "oslo", "rome" }.Where(_ => random.Next(2) == 0).Select(p => new Stock(i, p, random.Next(-5, 10), random.Next(100)))),
            cancellationToken: stop);
    }

    static async Task<List<string>> RowsAsync(Transaction transaction, SqlQuery query, CancellationToken stop) =>
        [.. (await transaction.QueryAsync<object?[]>(query, stop)).Select(r => string.Join('|', r.Select(Text))).Order(StringComparer.Ordinal)];

    static string Text(object? value) => value switch
    {
        null => "null",
        bool truth => truth ? "1" : "0",
        string text => "'" + text + "'",
        _ => Math.Round(Convert.ToDouble(value, CultureInfo.InvariantCulture), 6).ToString("R", CultureInfo.InvariantCulture) is var number && number == "-0" ? "0" : number,
    };
}
