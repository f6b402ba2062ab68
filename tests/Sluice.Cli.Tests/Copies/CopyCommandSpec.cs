using Sluice.Cli.Tests.Runs;
using Sluice.Cli.Tests.Spec;
using Sluice.Specification;
using Sluice.Specification.Databases;
using Sluice.Specification.Servers;

namespace Sluice.Cli.Tests.Copies;

/// <summary>`sluice load` from one database into another, compared by psql.</summary>
public abstract class CopyCommandSpec(PostgresDatabase database) : CliSpec(database)
{
    readonly PostgresDatabase _database = database;

    protected override string Target => _database.ConnectionString;

    string Back => Table + "_back";

    Task<string> ChecksumAsync(string table) => QueryAsync($"SELECT count(*), md5(string_agg(t::text, E'\\n' ORDER BY t::text)) FROM {table} t");

    static string Sample(string name) => Repository.PathTo("samples", "data", name);

    [Theory]
    [InlineData("airports.csv")]
    [InlineData("birdstrikes.csv")]
    [InlineData("flare.jsonl")]
    [InlineData("flights-20k.jsonl")]
    [InlineData("flights-airport.csv")]
    [InlineData("seattle-weather-hourly-normals.csv")]
    public async Task A_real_file_is_the_same_after_postgres_sqlite_and_postgres(string file)
    {
        Expect(ExitCode.Done, await LoadAsync(Sample(file), "--create"));
        Expect(ExitCode.Done, await RunAsync(["load", Target, "--from-table", Table, "--to", "copy.db", "--create"]));
        await Database.ExecuteAsync($"CREATE TABLE {Back} (LIKE {Table})");
        Expect(ExitCode.Done, await RunAsync(["load", "copy.db", "--from-table", Table, "--to", Target, "--table", Back]));
        Assert.NotEqual("0", await CountAsync());
        Assert.Equal(await ChecksumAsync(Table), await ChecksumAsync(Back));
    }

    [Fact]
    public async Task A_query_makes_a_table_of_its_columns()
    {
        await CreateAsync("id integer PRIMARY KEY, name text, price numeric(10,2), at timestamptz");
        await Database.ExecuteAsync($"INSERT INTO {Table} VALUES (1, 'é', 1.10, '2024-02-29 12:00:00.123456+00'), (2, '', NULL, NULL), (3, NULL, 3, 'infinity')");
        var run = await RunAsync(["load", Target, "--query", $"SELECT id AS nr, name, price, at FROM {Table} WHERE id < 3;", "--to", "copy.db", "--table", "some", "--create", "--key", "nr"]);
        Expect(ExitCode.Done, run);
        Assert.Equal(2, Result(run).GetProperty("inserted").GetInt64());
        var rows = await RunAsync(["export", "copy.db", "--table", "some"]);
        Assert.Equal("nr,name,price,at\n1,é,1.10,2024-02-29T12:00:00.123456Z\n2,\"\",,\n", rows.Text);
    }

    [Fact]
    public async Task Rows_of_another_database_are_upserted()
    {
        await CreateAsync("id integer PRIMARY KEY, name text");
        await Database.ExecuteAsync($"INSERT INTO {Table} VALUES (1, 'old'), (2, 'same')");
        Expect(ExitCode.Done, await RunAsync(["load", Write("new.csv", "id,name\n1,new\n3,third\n"), "--to", "other.db", "--create", "--key", "id"]));
        var run = await RunAsync(["load", "other.db", "--from-table", "new", "--to", Target, "--table", Table, "--mode", "upsert"]);
        Expect(ExitCode.Done, run);
        Assert.Equal("1|new 2|same 3|third", await QueryAsync($"SELECT string_agg(id || '|' || name, ' ' ORDER BY id) FROM {Table}"));
    }

    [Fact]
    public async Task A_new_table_has_the_key_of_the_one_that_it_is_a_copy_of()
    {
        await CreateAsync("id integer PRIMARY KEY, name text NOT NULL");
        await Database.ExecuteAsync($"INSERT INTO {Table} VALUES (1, 'a')");
        Expect(ExitCode.Done, await RunAsync(["load", Target, "--from-table", Table, "--to", "copy.db", "--create"]));
        var again = await RunAsync(["load", Target, "--from-table", Table, "--to", "copy.db"]);
        Expect(ExitCode.Failed, again);
        Assert.Equal("id,name\n1,a\n", (await RunAsync(["export", "copy.db", "--table", Table])).Text);
    }

    [Fact]
    public async Task A_dry_run_reads_everything_and_sends_nothing()
    {
        await CreateAsync("id integer PRIMARY KEY, name text");
        await Database.ExecuteAsync($"INSERT INTO {Table} VALUES (1, 'a'), (2, 'b')");
        var run = await RunAsync(["load", Target, "--from-table", Table, "--to", Target, "--table", Table, "--dry-run"]);
        Expect(ExitCode.Done, run);
        Assert.Equal(("planned", 2), (Result(run).GetProperty("status").GetString(), Result(run).GetProperty("read").GetInt64()));
        Assert.Equal("2", await CountAsync());
    }

    [Theory]
    [InlineData("insert", "inserted")]
    [InlineData("update", "updated")]
    [InlineData("delete", "deleted")]
    public async Task A_source_that_fails_says_which_chunks_were_committed(string mode, string fate)
    {
        await CreateAsync("id integer PRIMARY KEY, name text");
        if (mode is not "insert")
            await Database.ExecuteAsync($"INSERT INTO {Table} SELECT i, 'old' FROM generate_series(1, 8000) AS g (i)");
        var run = await RunAsync([
            "load", Target, "--query", $"SELECT i + 0 / (8000 - i) AS id, 'new' AS name FROM generate_series(1, 9000) AS g (i)",
            "--to", Target, "--table", Table, "--mode", mode, "--commit", "chunk", "--chunk", "500", "--order", "given"]);
        Expect(ExitCode.Failed, run);
        var kept = long.Parse(await QueryAsync(mode is "insert" ? $"SELECT count(*) FROM {Table}" : mode is "update"
            ? $"SELECT count(*) FROM {Table} WHERE name = 'new'" : $"SELECT 8000 - count(*) FROM {Table}"), System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(kept, 500, 7_999);
        Assert.Contains($"{kept} rows had been committed and were kept", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("changed nothing", run.Errors, StringComparison.Ordinal);
        var report = Result(run);
        Assert.Equal((kept, kept), (report.GetProperty("loaded").GetInt64(), report.GetProperty(fate).GetInt64()));
        Assert.Equal(kept / 500, report.GetProperty("commits").GetInt64());
        Assert.Equal(report.GetProperty("read").GetInt64(), kept + report.GetProperty("remaining").GetInt64());
    }

    [Fact]
    public async Task Columns_without_a_type_go_where_types_are_needed()
    {
        await Tool.RunAsync("sqlite3", [Path.Combine(Folder, "loose.db"), "CREATE TABLE loose (id INTEGER PRIMARY KEY, a, b ANY); INSERT INTO loose VALUES (1, 1, 'x'), (2, 2.5, 9007199254740993), (3, 'mixed', NULL)"]);
        Expect(ExitCode.Done, await RunAsync(["load", "loose.db", "--from-table", "loose", "--to", Target, "--table", Table, "--create"]));
        Assert.Equal("1|1|x\n2|2.5|9007199254740993\n3|mixed|", await QueryAsync($"SELECT id || '|' || a || '|' || coalesce(b, '') FROM {Table} ORDER BY id"));
        Expect(ExitCode.Done, await RunAsync(["load", "loose.db", "--from-table", "loose", "--to", "copy.db", "--create"]));
        Assert.Equal("1|1|x\n2|2.5|9007199254740993\n3|mixed|\n", await Tool.RunAsync("sqlite3", [Path.Combine(Folder, "copy.db"), "SELECT * FROM loose"]));
        var lines = await RunAsync(["export", "loose.db", "--table", "loose", "--format", "jsonl"]);
        Assert.Equal("{\"id\":1,\"a\":1,\"b\":\"x\"}\n{\"id\":2,\"a\":2.5,\"b\":9007199254740993}\n{\"id\":3,\"a\":\"mixed\",\"b\":null}\n", lines.Text);
    }

    [Fact]
    public async Task A_new_table_on_another_server_has_the_types_that_every_server_has()
    {
        const string Columns = "a inet, b cidr[], c bit(5), d bit varying(7), e tsvector, f int4range, g tstzmultirange, h point[], i \"char\", j macaddr, k jsonpath, l money, m regclass, n oid";
        await CreateAsync(Columns);
        await Database.ExecuteAsync(
            $"INSERT INTO {Table} VALUES ('::1', '{{10.0.0.0/8,NULL}}', B'10101', B'1', 'a fat cat', '[1,10)', '{{[2024-01-01,infinity)}}', ARRAY['(1.5,2)'::point], 'x', '08:00:2b:01:02:03', '$.a', 1.5, 'pg_class', 5), "
            + "(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)");
        Expect(ExitCode.Done, await RunAsync(["load", Target, "--from-table", Table, "--to", Target, "--table", Table + "_new", "--create"]));
        Assert.Equal(
            "inet,cidr[],bit(5),bit varying(7),tsvector,int4range,tstzmultirange,point[],\"char\",macaddr,jsonpath,text,text,oid",
            await QueryAsync($"SELECT string_agg(format_type(atttypid, atttypmod), ',' ORDER BY attnum) FROM pg_attribute WHERE attrelid = '{Table}_new'::regclass AND attnum > 0"));
        Assert.Equal(await QueryAsync($"TABLE {Table}"), await QueryAsync($"TABLE {Table}_new"));
        Expect(ExitCode.Done, await RunAsync(["load", Target, "--from-table", Table, "--to", "copy.db", "--create"]));
        Assert.Equal("text,text,text\n", await Tool.RunAsync("sqlite3", [Path.Combine(Folder, "copy.db"), $"SELECT group_concat(DISTINCT typeof(a)) || ',' || typeof(b) || ',' || typeof(n) FROM \"{Table}\" WHERE a IS NOT NULL"]));
    }

    [Fact]
    public async Task What_cannot_be_said_is_told_with_its_own_column()
    {
        await CreateAsync("id integer, before text, list text[], after text");
        await Database.ExecuteAsync($"INSERT INTO {Table} VALUES (1, 'a', '{{x}}', 'b'), (2, 'a', '[5:6]={{x,y}}', 'b')");
        var copy = await RunAsync(["load", Target, "--from-table", Table, "--to", "copy.db", "--create"]);
        Expect(ExitCode.Failed, copy);
        Assert.Contains("Row 2, column 'list'", copy.Errors, StringComparison.Ordinal);
        var file = await RunAsync(["export", Target, "--table", Table, "-o", "lists.jsonl"]);
        Expect(ExitCode.Failed, file);
        Assert.Contains("row 2, column 'list'", file.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_named_as_sql_names_it_has_its_name_in_the_other_database()
    {
        await Database.ExecuteAsync($"CREATE TABLE \"{Table}.b\" (id integer)");
        await Database.ExecuteAsync($"INSERT INTO \"{Table}.b\" VALUES (7)");
        Expect(ExitCode.Done, await RunAsync(["load", Target, "--from-table", $"public.\"{Table}.b\"", "--to", "copy.db", "--create"]));
        Assert.Equal("7\n", await Tool.RunAsync("sqlite3", [Path.Combine(Folder, "copy.db"), $"SELECT id FROM \"{Table}.b\""]));
    }

    [Fact]
    public async Task A_table_of_another_schema_is_offered()
    {
        await Database.ExecuteAsync($"CREATE SCHEMA s{Table}");
        await Database.ExecuteAsync($"CREATE TABLE s{Table}.far_{Table} (id integer)");
        var run = await RunAsync(["export", Target, "--table", "far_" + Table]);
        Expect(ExitCode.Usage, run);
        Assert.Contains($"'s{Table}.far_{Table}'", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_comes_twice_is_told_in_the_words_of_the_command()
    {
        await CreateAsync("id integer PRIMARY KEY, name text");
        var run = await RunAsync(["load", Target, "--query", "SELECT 1 AS id, i::text AS name FROM generate_series(1, 2) AS g (i)", "--to", Target, "--table", Table, "--mode", "upsert"]);
        Expect(ExitCode.Failed, run);
        Assert.Contains("--duplicates first or --duplicates last. 2 rows had been read; nothing was kept.", run.Errors, StringComparison.Ordinal);
        Assert.Equal(2, Result(run).GetProperty("read").GetInt64());
    }

    [Fact]
    public async Task No_password_is_told()
    {
        var run = await RunAsync(["load", "postgres://ann:hunter2@127.0.0.1:1/app", "--from-table", "orders", "--to", "copy.db", "--create", "--progress", "json"]);
        Expect(ExitCode.Unreachable, run);
        Assert.DoesNotContain("hunter2", run.Errors + run.Text, StringComparison.Ordinal);
        Assert.Equal("orders of PostgreSQL", Result(run).GetProperty("file").GetString());
        Assert.False(File.Exists(Path.Combine(Folder, "copy.db")));
    }

    [Theory]
    [InlineData("--table must name the table", "--query", "SELECT 1 AS a")]
    [InlineData("give one of them", "--query", "SELECT 1 AS a", "--from-table", "t")]
    [InlineData("--map is for files", "--from-table", "t", "--map", "a=b")]
    [InlineData("--format is for files", "--from-table", "t", "--format", "csv")]
    [InlineData("in place of files", "--from-table", "t", "b.csv")]
    public async Task What_makes_no_sense_is_refused(string message, params string[] arguments)
    {
        var run = await RunAsync(["load", Target, .. arguments, "--to", "copy.db"]);
        Expect(ExitCode.Usage, run);
        Assert.Contains(message, run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Username", run.Errors, StringComparison.OrdinalIgnoreCase);
    }
}

public sealed class Postgres15CopyCommandSpec(CliPostgres15 database) : CopyCommandSpec(database), IClassFixture<CliPostgres15>;

public sealed class Postgres18CopyCommandSpec(CliPostgres database) : CopyCommandSpec(database), IClassFixture<CliPostgres>;
