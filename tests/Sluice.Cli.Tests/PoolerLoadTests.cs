using System.Globalization;
using System.Text;
using Sluice.Cli.Tests.Runs;
using Sluice.Specification.Servers;

namespace Sluice.Cli.Tests;

/// <summary>Several commands at once behind a pooler that hands each transaction one of a few connections.</summary>
public sealed class PoolerLoadTests(CliPostgres database) : IClassFixture<CliPostgres>
{
    static readonly bool s_isSoak = Environment.GetEnvironmentVariable("SLUICE_SOAK") is "1";

    [Theory]
    [InlineData(2, 2)]
    [InlineData(4, 2)]
    public async Task Every_row_is_in_its_own_table_and_every_count_is_true(int loads, int poolSize)
    {
        database.Require();
        if (PgBouncer.Program is null)
            Assert.Skip("pgbouncer is not installed. Run ./test, which installs it, or: apt-get install pgbouncer");
        await using var bouncer = await PgBouncer.StartAsync(database.ConnectionString, poolSize);
        using var work = new Workplace();
        var names = Enumerable.Range(0, loads).Select(i => $"place{i}").ToArray();
        foreach (var name in names)
            work.Write(name + ".csv", Rows(name, first: 0, count: 6_000));
        for (var round = 0; round < (s_isSoak ? 50 : 1); round++)
        {
            await database.ExecuteAsync(string.Concat(names.Select(name =>
                $"DROP TABLE IF EXISTS {name}; CREATE TABLE {name} (id int PRIMARY KEY, home text NOT NULL); INSERT INTO {name} SELECT i, 'before' FROM generate_series(3000, 4999) i;")));
            foreach (var mode in new[] { "upsert", "update", "delete", "insert" })
            {
                var runs = await Task.WhenAll(names.Select(name => SluiceProgram.RunAsync(
                    work.Folder,
                    ["load", name + ".csv", "--to", bouncer.ConnectionString, "--table", name, "--mode", mode, "--commit", "chunk", "--chunk", "500", "--json"])));
                foreach (var run in runs)
                {
                    Assert.True(run.ExitCode == 0, run.Errors);
                    Assert.Contains(
                        mode switch
                        {
                            "upsert" => "\"inserted\":4000,\"updated\":2000",
                            "update" => "\"inserted\":0,\"updated\":6000",
                            "delete" => "\"deleted\":6000",
                            _ => "\"inserted\":6000,\"updated\":0",
                        },
                        run.Text.Replace(" ", "", StringComparison.Ordinal),
                        StringComparison.Ordinal);
                }
                foreach (var name in names)
                    Assert.Equal(mode is "delete" ? "0|0" : "6000|0", (await database.RunPsqlAsync($"SELECT count(*), count(*) FILTER (WHERE home <> '{name}') FROM {name}")).Trim());
            }
        }
    }

    static string Rows(string name, int first, int count)
    {
        var text = new StringBuilder("id,home\n");
        for (var i = first; i < first + count; i++)
            text.Append(CultureInfo.InvariantCulture, $"{i},{name}\n");
        return text.ToString();
    }
}
