using Sluice.Cli.Tests.Runs;
using Sluice.Cli.Tests.Spec;

namespace Sluice.Cli.Tests;

public sealed class SqliteFileValuesTests(CliSqlite database) : FileValuesSpec(database), IClassFixture<CliSqlite>
{
    readonly CliSqlite _sqlite = database;

    protected override string Target => $"sqlite:{_sqlite.FilePath}";
}

public sealed class PostgresFileValuesTests(CliPostgres database) : FileValuesSpec(database), IClassFixture<CliPostgres>
{
    readonly CliPostgres _postgres = database;

    protected override string Target => _postgres.ConnectionString;

    // The digits of a file are refused, not cut; and no last moment of a calendar is taken for infinity.
    [Theory]
    [InlineData("timestamp", "2024-01-01T00:00:00.1234567")]
    [InlineData("timestamp", "9999-12-31 23:59:59.9999999")]
    [InlineData("timestamptz", "2024-01-01T00:00:00.1234567Z")]
    [InlineData("timestamptz", "9999-12-31 23:59:59.9999999Z")]
    [InlineData("timestamp(3)", "2024-01-01T00:00:00.1239")]
    [InlineData("timestamptz(0)", "2024-01-01T00:00:00.9Z")]
    [InlineData("time", "12:00:00.1234567")]
    [InlineData("time(2)", "12:00:00.125")]
    [InlineData("timetz", "12:00:00.1234567+01")]
    [InlineData("interval", "12:00:00.1234567")]
    [InlineData("interval(2)", "1 day 12:00:00.125")]
    public async Task Digits_of_a_second_that_the_column_does_not_hold_are_refused(string type, string value)
    {
        await CreateAsync($"id integer, v {type}");
        foreach (var arguments in new string[][] { [], ["--mode", "upsert", "--key", "id"], ["--dry-run"] })
        {
            await Database.ExecuteAsync($"CREATE UNIQUE INDEX IF NOT EXISTS {Table}_id ON {Table} (id)");
            var run = await LoadAsync([Write("rows.csv", $"id,v\n1,{value}\n"), "--header", "yes", .. arguments]);
            Expect(ExitCode.Failed, run);
            Assert.Contains("column 'v'", run.Errors, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("more fractional digits", run.Errors, StringComparison.Ordinal);
            Assert.Equal("0", await CountAsync());
        }
    }

    [Fact]
    public async Task Digits_of_a_second_that_the_column_holds_are_stored()
    {
        await CreateAsync("a timestamp, b timestamp(3), c time, d timetz, e interval");
        Expect(ExitCode.Done, await LoadAsync(Write("rows.csv", "a,b,c,d,e\n2024-01-01T00:00:00.1234560,2024-01-01T00:00:00.123000,12:00:00.123456,12:00:00.123456+01,12:00:00.123456\n"), "--header", "yes"));
        Assert.Equal("2024-01-01 00:00:00.123456|2024-01-01 00:00:00.123|12:00:00.123456|12:00:00.123456+01|12:00:00.123456", await QueryAsync($"SELECT * FROM {Table}"));
    }

    [Fact]
    public async Task A_uuid_is_read_as_one_where_the_column_is_declared_so()
    {
        await CreateAsync("v uuid");
        Expect(ExitCode.Done, await LoadAsync(Write("rows.csv", "v\n7D444840-9DC0-11D1-B245-5FFDCE74FAD2\n")));
        Assert.Equal("7d444840-9dc0-11d1-b245-5ffdce74fad2", await QueryAsync($"SELECT v FROM {Table}"));
    }
}
