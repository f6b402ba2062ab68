using Sluice.Cli.Tests.Runs;
using Sluice.Cli.Tests.Spec;

namespace Sluice.Cli.Tests;

public sealed class SqliteFileShapesTests(CliSqlite database) : FileShapesSpec(database), IClassFixture<CliSqlite>
{
    readonly CliSqlite _sqlite = database;

    protected override string Target => $"sqlite:{_sqlite.FilePath}";

    [Fact]
    public async Task Numbers_that_are_kept_as_exact_text_are_told()
    {
        var run = await LoadAsync(Write("rows.csv", "v,w\n0.12345678901234567891,x\n"), "--create", "--header", "yes");
        Expect(ExitCode.Done, run);
        Assert.Contains("'v'", Assert.Single(Result(run).GetProperty("notes").EnumerateArray()).GetString(), StringComparison.Ordinal);
    }
}

public sealed class PostgresFileShapesTests(CliPostgres database) : FileShapesSpec(database), IClassFixture<CliPostgres>
{
    readonly CliPostgres _postgres = database;

    protected override string Target => _postgres.ConnectionString;
}
