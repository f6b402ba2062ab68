using Sluice.Cli.Tests.Copies;
using Sluice.Cli.Tests.Runs;
using Sluice.Cli.Tests.Spec;
using Sluice.Specification.Databases;

namespace Sluice.Cli.Tests.Exports;

/// <summary>A table of every type through a file and back, compared by psql.</summary>
public abstract class FilesOfEveryTypeSpec(PostgresDatabase database) : CliSpec(database)
{
    readonly PostgresDatabase _database = database;

    protected override string Target => _database.ConnectionString;

    [Theory]
    [InlineData("all.csv")]
    [InlineData("all.tsv")]
    [InlineData("all.jsonl")]
    [InlineData("all.csv.gz")]
    [InlineData("all.tsv.br")]
    [InlineData("all.jsonl.gz")]
    public async Task Every_type_is_the_same_after_a_file(string file)
    {
        var columns = file.Contains("json", StringComparison.Ordinal) ? AllTypes.Columns : AllTypes.Columns + ", " + AllTypes.OnlyPostgres;
        var rows = file.Contains("json", StringComparison.Ordinal) ? AllTypes.Rows : $"{AllTypes.Rows.Replace("),\n(", ", " + AllTypes.OnlyPostgresValues + "),\n(", StringComparison.Ordinal)[..^1]}, {AllTypes.OnlyPostgresValues})";
        await CreateAsync(columns);
        await Database.ExecuteAsync($"INSERT INTO {Table} VALUES {rows}");
        var before = await ChecksumAsync(Table);
        Expect(ExitCode.Done, await RunAsync(["export", Target, "--table", Table, "-o", file]));
        await Database.ExecuteAsync($"CREATE TABLE {Table}_back (LIKE {Table})");
        Expect(ExitCode.Done, await RunAsync(["load", file, "--to", Target, "--table", Table + "_back"]));
        Assert.Equal(await QueryAsync($"TABLE {Table} ORDER BY id"), await QueryAsync($"TABLE {Table}_back ORDER BY id"));
        Assert.Equal(before, await ChecksumAsync(Table + "_back"));
    }

    [Theory]
    [InlineData("docs.csv")]
    [InlineData("docs.tsv")]
    [InlineData("docs.jsonl")]
    public async Task A_document_of_json_is_the_same_after_a_file(string file)
    {
        await CreateAsync("id integer PRIMARY KEY, doc jsonb, text json");
        string[] documents = ["true", "1.50", "null", "\"abc\"", "\"true\"", "\"null\"", "\"{\\\"a\\\": 1}\"", "\"\\\"x\\\"\"", "\"\"", "\"é😀\\n\\u0001\"", "{\"a\":  [1]}", "[]"];
        for (var i = 0; i < documents.Length; i++)
            await Database.ExecuteAsync($"INSERT INTO {Table} VALUES ({i.ToString(System.Globalization.CultureInfo.InvariantCulture)}, '{documents[i]}', '{documents[i]}')");
        await Database.ExecuteAsync($"INSERT INTO {Table} (id) VALUES (99)");
        var before = await ChecksumAsync(Table);
        Expect(ExitCode.Done, await RunAsync(["export", Target, "--table", Table, "-o", file]));
        if (file.EndsWith("jsonl", StringComparison.Ordinal))
        {
            var lines = await File.ReadAllLinesAsync(Path.Combine(Folder, file));
            Assert.StartsWith("{\"id\":0,\"doc\":true,", lines[0], StringComparison.Ordinal);
            Assert.StartsWith("{\"id\":3,\"doc\":\"abc\",", lines[3], StringComparison.Ordinal);
        }
        await Database.ExecuteAsync($"CREATE TABLE {Table}_back (LIKE {Table})");
        Expect(ExitCode.Done, await RunAsync(["load", file, "--to", Target, "--table", Table + "_back"]));
        Assert.Equal(await QueryAsync($"TABLE {Table} ORDER BY id"), await QueryAsync($"TABLE {Table}_back ORDER BY id"));
        Assert.Equal(before, await ChecksumAsync(Table + "_back"));
    }

    Task<string> ChecksumAsync(string table) => QueryAsync($"SELECT count(*), md5(string_agg(t::text, E'\\n' ORDER BY t::text)) FROM {table} t");
}

public sealed class Postgres15FilesOfEveryTypeSpec(CliPostgres15 database) : FilesOfEveryTypeSpec(database), IClassFixture<CliPostgres15>;

public sealed class Postgres18FilesOfEveryTypeSpec(CliPostgres database) : FilesOfEveryTypeSpec(database), IClassFixture<CliPostgres>;
