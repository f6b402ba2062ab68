using Sluice.Specification.Databases;

namespace Sluice.Cli.Tests.Spec;

/// <summary>Every way in which a file or a request can be wrong: a clear error, a stated exit code, and nothing half loaded.</summary>
public abstract class BadInputSpec(TestDatabase database) : CliSpec(database)
{
    [Fact]
    public async Task A_missing_file_is_unreadable()
    {
        await CreateAsync("id integer");
        var run = await LoadAsync("nowhere.csv");
        Expect(ExitCode.SourceUnreadable, run);
        Assert.Contains("nowhere.csv", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_breaks_off_says_in_the_report_too_which_chunks_were_committed()
    {
        await CreateAsync("id integer, name text");
        var rows = string.Concat(Enumerable.Range(1, 60_000).Select(i => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{i},x\n")));
        var run = await LoadAsync(Write("broken.csv", $"id,name\n{rows}60001,\"never closed\n"), "--commit", "chunk", "--chunk", "500");
        Expect(ExitCode.SourceUnreadable, run);
        var report = Result(run);
        Assert.NotEqual("0", await CountAsync());
        Assert.Equal(await CountAsync(), report.GetProperty("inserted").ToString());
        Assert.Equal(await CountAsync(), report.GetProperty("loaded").ToString());
    }

    [Fact]
    public async Task An_empty_file_is_refused()
    {
        await CreateAsync("id integer");
        var run = await LoadAsync(Write("empty.csv", ""));
        Expect(ExitCode.SourceUnreadable, run);
        Assert.Contains("empty.csv", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_header_without_rows_loads_none()
    {
        await CreateAsync("id integer, name text");
        var run = await LoadAsync(Write("rows.csv", "id,name\n"), "--header", "yes");
        Expect(ExitCode.Done, run);
        Assert.Equal(0, Result(run).GetProperty("inserted").GetInt64());
        Assert.Equal("0", await CountAsync());
    }

    [Fact]
    public async Task A_header_without_rows_still_creates_the_table()
    {
        var run = await LoadAsync(Write("rows.csv", "id,name\n"), "--header", "yes", "--create");
        Expect(ExitCode.Done, run);
        Assert.Equal("0", await CountAsync());
    }

    [Fact]
    public async Task A_missing_table_offers_the_closest_name_and_create()
    {
        await CreateAsync("id integer");
        var run = await RunAsync(["load", Write("rows.csv", "id\n1\n"), "--to", Target, "--table", Table + "x"]);
        Expect(ExitCode.Usage, run);
        Assert.Contains($"There is no table '{Table}x'", run.Errors, StringComparison.Ordinal);
        Assert.Contains($"Closest: '{Table}'", run.Errors, StringComparison.Ordinal);
        Assert.Contains("--create", run.Errors, StringComparison.Ordinal);
        Assert.Contains("(SLU0102)", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_unknown_columns_are_listed_at_once_with_the_closest()
    {
        await CreateAsync("id integer, order_no text, price integer");
        var run = await LoadAsync(Write("rows.csv", "id,ordr_no,prise,zzzzzzzz\n1,a,2,x\n"));
        Expect(ExitCode.Usage, run);
        Assert.Contains("'ordr_no' (closest: 'order_no')", run.Errors, StringComparison.Ordinal);
        Assert.Contains("'prise' (closest: 'price')", run.Errors, StringComparison.Ordinal);
        Assert.Contains("'zzzzzzzz'", run.Errors, StringComparison.Ordinal);
        Assert.Equal("0", await CountAsync());
    }

    [Fact]
    public async Task A_map_of_a_column_that_the_file_lacks_is_refused()
    {
        await CreateAsync("id integer");
        var run = await LoadAsync(Write("rows.csv", "id\n1\n"), "--map", "idd=id");
        Expect(ExitCode.Usage, run);
        Assert.Contains("'idd'", run.Errors, StringComparison.Ordinal);
        Assert.Equal("0", await CountAsync());
    }

    [Fact]
    public async Task A_value_that_does_not_fit_is_told_with_row_line_and_column()
    {
        await CreateAsync("id integer, age integer");
        var run = await LoadAsync(Write("people.csv", "id,age\n1,30\n2,\"31\"\n3,old\n"));
        Expect(ExitCode.Failed, run);
        Assert.Contains("Row 3 (people.csv line 4), column 'age'", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("old", run.Errors, StringComparison.Ordinal);
        Assert.Contains("nothing was kept", run.Errors, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(3, Result(run).GetProperty("error").GetProperty("row").GetInt64());
        Assert.Equal("0", await CountAsync());
    }

    [Fact]
    public async Task The_value_is_shown_only_where_it_was_asked_for()
    {
        await CreateAsync("id integer");
        var run = await LoadAsync(Write("rows.csv", "id\n1\nsecretive\n"), "--show-values");
        Expect(ExitCode.Failed, run);
        Assert.Contains("secretive", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_past_the_sample_that_is_of_another_type_than_was_detected_keeps_nothing_and_leaves_no_table()
    {
        var rows = string.Concat(Enumerable.Range(1, 30_000).Select(i => $"{i}\n"));
        var run = await LoadAsync(Write("rows.csv", "id\n" + rows + "x1\n"), "--create");
        Expect(ExitCode.Failed, run);
        Assert.Contains("Row 30001 (rows.csv line 30002), column 'id'", run.Errors, StringComparison.Ordinal);
        Assert.False(await TableExistsAsync());
    }

    [Fact]
    public async Task A_zero_character_in_text_is_refused_with_its_place()
    {
        await CreateAsync("id integer, name text");
        var run = await LoadAsync(Write("rows.csv", "id,name\n1,a\n2,b\0c\n"));
        Assert.NotEqual(ExitCode.Done, run.ExitCode);
        Assert.Contains("line 3", run.Errors, StringComparison.Ordinal);
        Assert.Contains("zero character", run.Errors, StringComparison.Ordinal);
        Assert.Equal("0", await CountAsync());
    }

    [Fact]
    public async Task Invalid_utf8_is_refused_with_its_byte()
    {
        await CreateAsync("id integer, name text");
        var run = await LoadAsync(Write("rows.csv", [.. "id,name\n1,a\n2,"u8, 0xE9, .. "t\n"u8]));
        Expect(ExitCode.SourceUnreadable, run);
        Assert.Contains("UTF-8", run.Errors, StringComparison.Ordinal);
        Assert.Contains("14", run.Errors, StringComparison.Ordinal);
        Assert.Equal("0", await CountAsync());
    }

    [Fact]
    public async Task An_unclosed_quote_does_not_swallow_the_file()
    {
        await CreateAsync("id integer, name text");
        var run = await LoadAsync(Write("rows.csv", "id,name\n1,a\n2,\"b\n3,c\n4,d\n"));
        Expect(ExitCode.SourceUnreadable, run);
        Assert.Contains("line 3", run.Errors, StringComparison.Ordinal);
        Assert.Contains("quote", run.Errors, StringComparison.Ordinal);
        Assert.Equal("0", await CountAsync());
    }

    [Fact]
    public async Task Duplicate_headers_are_refused()
    {
        await CreateAsync("id integer, name text");
        var run = await LoadAsync(Write("rows.csv", "id,name,id\n1,a,2\n"), "--header", "yes");
        Assert.Contains(run.ExitCode, new[] { ExitCode.Usage, ExitCode.SourceUnreadable });
        Assert.Contains("'id'", run.Errors, StringComparison.Ordinal);
        Assert.Equal("0", await CountAsync());
    }

    [Fact]
    public async Task Empty_headers_are_refused()
    {
        await CreateAsync("id integer, name text");
        var run = await LoadAsync(Write("rows.csv", "id,,name\n1,b,a\n"), "--header", "yes");
        Assert.Contains(run.ExitCode, new[] { ExitCode.Usage, ExitCode.SourceUnreadable });
        Assert.Contains("header", run.Errors, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("0", await CountAsync());
    }

    [Fact]
    public async Task A_row_with_too_many_fields_is_refused_with_its_line()
    {
        await CreateAsync("id integer, name text");
        var run = await LoadAsync(Write("rows.csv", "id,name\n1,a\n2,b,c\n"));
        Assert.NotEqual(ExitCode.Done, run.ExitCode);
        Assert.Contains("line 3", run.Errors, StringComparison.Ordinal);
        Assert.Equal("0", await CountAsync());
    }

    [Fact]
    public async Task A_key_violation_keeps_nothing()
    {
        await CreateAsync("id integer PRIMARY KEY");
        var run = await LoadAsync(Write("rows.csv", "id\n1\n2\n1\n"));
        Expect(ExitCode.Failed, run);
        Assert.Equal("23505", Result(run).GetProperty("error").GetProperty("sqlState").GetString());
        Assert.Contains("othing was kept", run.Errors, StringComparison.Ordinal);
        Assert.Equal("0", await CountAsync());
    }

    [Fact]
    public async Task A_failure_with_a_commit_for_each_chunk_tells_what_was_kept()
    {
        await CreateAsync("id integer");
        var run = await LoadAsync(Write("rows.csv", "id\n1\n2\n3\n4\nfive\n"), "--commit", "chunk", "--chunk", "2");
        Expect(ExitCode.Failed, run);
        Assert.Contains("4 rows had been committed and were kept", run.Errors, StringComparison.Ordinal);
        Assert.Equal(4, Result(run).GetProperty("inserted").GetInt64());
        Assert.Equal("4", await CountAsync());
    }

    [Fact]
    public async Task A_missing_value_for_a_column_that_needs_one_is_refused_before_anything_is_sent()
    {
        await CreateAsync("id integer NOT NULL, name text NOT NULL");
        var run = await LoadAsync(Write("rows.csv", "id\n1\n"));
        Expect(ExitCode.Usage, run);
        Assert.Contains("'name'", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Null_in_a_column_that_needs_a_value_is_told_with_its_row()
    {
        await CreateAsync("id integer NOT NULL, name text NOT NULL");
        var run = await LoadAsync(Write("rows.csv", "id,name\n1,a\n2,\n"));
        Expect(ExitCode.Failed, run);
        Assert.Contains("Row 2", run.Errors, StringComparison.Ordinal);
        Assert.Contains("'name'", run.Errors, StringComparison.Ordinal);
        Assert.Equal("0", await CountAsync());
    }

    [Theory]
    [InlineData("a\"b")]
    [InlineData("x\"; DROP TABLE bystander; --")]
    [InlineData("Grüße 'n")]
    [InlineData("select")]
    [InlineData("two words")]
    public async Task Names_with_quotes_and_statements_are_names(string name)
    {
        await Database.ExecuteAsync("CREATE TABLE IF NOT EXISTS bystander (id integer)");
        var file = Write("rows.csv", $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\",id\n1,2\n");
        var run = await RunAsync(["load", file, "--to", Target, "--table", name, "--create", "--header", "yes"]);
        Expect(ExitCode.Done, run);
        var quoted = $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        Assert.Equal("1|2", await QueryAsync($"SELECT {quoted}, id FROM {quoted}"));
        Assert.Equal("0", await QueryAsync("SELECT count(*) FROM bystander"));
    }

    [Fact]
    public async Task A_key_that_is_not_the_tables_is_refused_with_both()
    {
        await CreateAsync("id integer PRIMARY KEY, other integer");
        var run = await LoadAsync(Write("rows.csv", "id,other\n1,2\n"), "--key", "other");
        Expect(ExitCode.Usage, run);
        Assert.Contains("('other')", run.Errors, StringComparison.Ordinal);
        Assert.Contains("('id')", run.Errors, StringComparison.Ordinal);
        Assert.Equal("0", await CountAsync());
    }

    [Fact]
    public async Task A_key_that_the_file_lacks_is_refused()
    {
        var run = await LoadAsync(Write("rows.csv", "id,other\n1,2\n"), "--create", "--key", "ident");
        Expect(ExitCode.Usage, run);
        Assert.Contains("'ident'", run.Errors, StringComparison.Ordinal);
        Assert.False(await TableExistsAsync());
    }
}
