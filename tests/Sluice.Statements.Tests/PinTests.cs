using System.Globalization;
using System.Text;
using Sluice.PostgreSql.Rendering;
using Sluice.Rendering;
using Sluice.Rows;
using Sluice.Specification;
using Sluice.Specification.Databases;
using Sluice.Specification.Statements;
using Sluice.Sqlite.Rendering;

namespace Sluice.Statements.Tests;

/// <summary>The text of every construct is the recorded one, and the databases take it.</summary>
public sealed class PinTests(LiteDatabase sqlite, Postgres15Database postgres15, Postgres18Database postgres18)
    : IClassFixture<LiteDatabase>, IClassFixture<Postgres15Database>, IClassFixture<Postgres18Database>
{
    [Theory]
    [InlineData("postgres-18")]
    [InlineData("postgres-15")]
    [InlineData("postgres-12")]
    [InlineData("sqlite-3.50")]
    [InlineData("sqlite-3.24")]
    public void The_text_is_the_recorded_one(string dialect)
    {
        Assert.True(PinnedStatements.All.Count >= 300, $"There are only {PinnedStatements.All.Count} statements.");
        Assert.Equal(PinnedStatements.All.Count, PinnedStatements.All.Select(s => s.Name).Distinct(StringComparer.Ordinal).Count());
        var text = new StringBuilder();
        foreach (var (name, statement) in PinnedStatements.All)
            text.Append(name).Append('\n').Append("    ").Append(TextOf(Make(dialect), statement)).Append('\n');
        var path = Repository.PathTo("tests", "Sluice.Statements.Tests", "Pins", dialect + ".txt");
        if (Environment.GetEnvironmentVariable("UPDATE_BASELINES") == "1")
            File.WriteAllText(path, text.ToString());
        Assert.Equal(File.ReadAllText(path), text.ToString());
    }

    static SqlDialect Make(string dialect) => dialect.Split('-') switch
    {
        ["postgres", var version] => new PostgresDialect(int.Parse(version, CultureInfo.InvariantCulture)),
        var parts => new SqliteDialect(Version.Parse(parts[1])),
    };

    static string TextOf(SqlDialect dialect, SqlStatement statement)
    {
        try
        {
            return dialect.Render(statement).Text;
        }
        catch (BulkPlanException refused)
        {
            return "refused: " + refused.Message;
        }
    }

    // Constructs that the tables at hand cannot have: the text is right, and the server has to say no for the stated reason.
    static readonly Dictionary<string, string> s_sqliteRefuses = new(StringComparer.Ordinal)
    {
        ["collate"] = "no such collation",
        ["function with a schema"] = "near",
        ["percentile"] = "no such function",
        ["partial index"] = "ON CONFLICT clause does not match",
        ["schema"] = "no such table",
    };

    static readonly Dictionary<string, string> s_postgresRefuses = new(StringComparer.Ordinal)
    {
        ["cast boolean"] = "42846",
        ["partial index"] = "42P10",
        ["schema"] = "42P01",
    };

    [Fact]
    public Task SQLite_takes_every_text() => TakesEveryTextAsync(sqlite, s_sqliteRefuses);

    [Fact]
    public Task PostgreSQL_15_takes_every_text() => TakesEveryTextAsync(postgres15, s_postgresRefuses);

    [Fact]
    public Task PostgreSQL_18_takes_every_text() => TakesEveryTextAsync(postgres18, s_postgresRefuses);

    static async Task TakesEveryTextAsync(TestDatabase database, Dictionary<string, string> refusals)
    {
        database.Require();
        var stop = TestContext.Current.CancellationToken;
        foreach (Table table in new Table[] { Part.Table, Stock.Table, Odd.Table })
            await database.Engine.CreateTableAsync(table, stop);
        var faults = new List<string>();
        var taken = 0;
        foreach (var (name, statement) in PinnedStatements.All)
        {
            if (TextOf(database.Engine.Dialect, statement).StartsWith("refused: ", StringComparison.Ordinal))
                continue;
            await using var session = await database.Engine.OpenSessionAsync(stop);
            try
            {
                var rendered = database.Engine.Render(statement);
                await session.QueryAsync(rendered with { Text = "EXPLAIN " + rendered.Text }, new NothingShape(), stop);
                taken++;
            }
            catch (Sluice.Providers.LoadFault fault)
            {
                if (!refusals.TryGetValue(name, out var reason) || !$"{fault.SqlState} {fault.Message}".Contains(reason, StringComparison.Ordinal))
                    faults.Add($"{name}: {fault.SqlState} {fault.Message}\n    {database.Engine.Render(statement).Text}");
            }
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.True(taken >= 300, $"Only {taken} texts were tried.");
    }

    sealed class NothingShape : ResultShape<bool>
    {
        public override void Bind(IReadOnlyList<string> columns)
        {
        }

        public override bool Read<TReader>(ref TReader reader) => true;
    }
}
