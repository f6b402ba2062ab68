using Sluice.Cli.Tests.Runs;
using Sluice.Specification.Servers;

namespace Sluice.Cli.Tests.Exports;

public sealed class SqliteExportSpec(CliSqlite database) : ExportSpec(database), IClassFixture<CliSqlite>
{
    readonly CliSqlite _database = database;

    protected override string Target => $"sqlite:{_database.FilePath}";

    [Theory]
    [InlineData("")]
    [InlineData("-wal")]
    [InlineData("-shm")]
    [InlineData("-journal")]
    public async Task The_database_that_is_read_is_not_written_over_whatever_it_is_called(string file)
    {
        await CreateAsync("id integer");
        await Database.ExecuteAsync($"INSERT INTO {Table} VALUES (1)");
        var source = Path.Combine(Folder, "real", "source.db");
        Directory.CreateDirectory(Path.Combine(Folder, "real", "deep"));
        File.Copy(_database.FilePath, source);
        Directory.CreateSymbolicLink(Path.Combine(Folder, "folder"), Path.Combine(Folder, "real"));
        File.CreateSymbolicLink(Path.Combine(Folder, "database.db"), source);
        File.CreateSymbolicLink(Path.Combine(Folder, "output.csv"), source + file);
        List<string> names = [source + file, $"real/source.db{file}", $"./real/deep/../source.db{file}", $"folder/source.db{file}", "output.csv"];
        if (file is "")
        {
            await Tool.RunAsync("ln", [source, Path.Combine(Folder, "hard.csv")]);
            names.Add("hard.csv");
        }
        foreach (var spelled in (string[])["real/source.db", "sqlite:real/source.db", "database.db", source])
        {
            foreach (var name in names)
            {
                var run = await RunAsync(["export", spelled, "--table", Table, "-o", name, "--format", "csv", "--compress", "none", "--force"]);
                Expect(ExitCode.Usage, run);
                Assert.Contains("(SLU0724)", run.Errors, StringComparison.Ordinal);
                Assert.Equal("1", (await Tool.RunAsync("sqlite3", [source, $"SELECT count(*) FROM {Table}"])).Trim());
                Assert.False(file is not "" && File.Exists(source + file));
            }
        }
    }
}

public sealed class Postgres15ExportSpec(CliPostgres15 database) : ExportSpec(database), IClassFixture<CliPostgres15>
{
    readonly CliPostgres15 _database = database;

    protected override string Target => _database.ConnectionString;
}

public sealed class Postgres18ExportSpec(CliPostgres database) : ExportSpec(database), IClassFixture<CliPostgres>
{
    readonly CliPostgres _database = database;

    protected override string Target => _database.ConnectionString;
}
