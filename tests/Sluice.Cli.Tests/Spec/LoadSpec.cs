using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Sluice.Specification.Databases;
using Sluice.Specification.Servers;

namespace Sluice.Cli.Tests.Spec;

/// <summary>What `sluice load` does when nothing is wrong, and what it prints where.</summary>
public abstract class LoadSpec(TestDatabase database) : CliSpec(database)
{
    [Fact]
    public async Task A_file_lands_in_a_table_that_is_created_with_its_key()
    {
        var file = Write("people.csv", "id,name,height\n2,\"Smith, \"\"J\"\"\",1.5\n1,Ann,\n");
        var run = await LoadAsync(file, "--create", "--key", "id");
        Expect(ExitCode.Done, run);
        Assert.Equal("1|Ann|\n2|Smith, \"J\"|1.5", await QueryAsync($"SELECT id, name, height FROM {Table} ORDER BY id"));
        var again = await LoadAsync(file, "--create", "--key", "id");
        Expect(ExitCode.Failed, again);
        Assert.Equal("2", await CountAsync());
    }

    [Fact]
    public async Task Modes_change_what_is_there()
    {
        await CreateAsync("id integer PRIMARY KEY, name text, version integer");
        Expect(ExitCode.Done, await LoadAsync(Write("a.csv", "id,name,version\n1,a,1\n2,b,5\n3,c,1\n")));
        var upsert = await LoadAsync(Write("b.csv", "id,name,version\n1,A,2\n2,B,2\n4,D,1\n"), "--mode", "upsert", "--where", $"excluded.version > {Table}.version");
        Expect(ExitCode.Done, upsert);
        Assert.Equal((1, 1, 1), (Count(upsert, "inserted"), Count(upsert, "updated"), Count(upsert, "unchanged")));
        Assert.Equal("1|A|2\n2|b|5\n3|c|1\n4|D|1", await QueryAsync($"SELECT * FROM {Table} ORDER BY id"));

        var update = await LoadAsync(Write("c.csv", "id,name\n3,C\n9,none\n"), "--mode", "update", "--set", "name");
        Assert.Equal((1, 1), (Count(update, "updated"), Count(update, "skipped")));
        var sync = await LoadAsync(Write("d.csv", "id,name,version\n1,a,9\n5,e,9\n"), "--mode", "sync", "--where", "id <> 2");
        Assert.Equal((1, 1, 2), (Count(sync, "inserted"), Count(sync, "updated"), Count(sync, "removed")));
        Assert.Contains("2 removed", sync.Errors, StringComparison.Ordinal);
        Assert.Equal("1|a|9\n2|b|5\n5|e|9", await QueryAsync($"SELECT * FROM {Table} ORDER BY id"));
        var delete = await LoadAsync(Write("e.csv", "name\ne\nz\n"), "--mode", "delete", "--key", "name");
        Assert.Equal((1, 1), (Count(delete, "deleted"), Count(delete, "skipped")));
        Assert.Equal("1|a|9\n2|b|5", await QueryAsync($"SELECT * FROM {Table} ORDER BY id"));

        var twice = await LoadAsync(Write("f.csv", "id,name,version\n7,x,1\n7,y,1\n"), "--mode", "upsert");
        Expect(ExitCode.Failed, twice);
        Assert.Contains("SLU0205", twice.Errors, StringComparison.Ordinal);
        Expect(ExitCode.Done, await LoadAsync(Write("f.csv", "id,name,version\n7,x,1\n7,y,1\n"), "--mode", "upsert", "--duplicates", "last"));
        Assert.Equal("y", await QueryAsync($"SELECT name FROM {Table} WHERE id = 7"));
        Expect(ExitCode.Usage, await LoadAsync(Write("g.csv", "id\n1\n"), "--mode", "sync"));

        long Count(ToolOutput run, string fate) => Result(run).GetProperty(fate).GetInt64();
    }

    [Fact]
    public async Task The_output_stream_holds_the_result_alone()
    {
        await CreateAsync("id integer");
        var run = await LoadAsync(Write("rows.csv", "id\n1\n2\n3\n"));
        Expect(ExitCode.Done, run);
        var result = Result(run);
        Assert.Equal("loaded", result.GetProperty("status").GetString());
        foreach (var name in new[] { "read", "inserted", "loaded" })
            Assert.Equal(3, result.GetProperty(name).GetInt64());
        foreach (var name in new[] { "updated", "deleted", "unchanged", "skipped", "rejected", "remaining" })
            Assert.Equal(0, result.GetProperty(name).GetInt64());
        Assert.Equal(1, result.GetProperty("chunks").GetInt32());
        Assert.Equal(1, result.GetProperty("commits").GetInt32());
        Assert.True(result.GetProperty("elapsedSeconds").GetDouble() > 0);
        Assert.True(result.GetProperty("rowsPerSecond").GetDouble() > 0);
        Assert.EndsWith("rows.csv", result.GetProperty("file").GetString(), StringComparison.Ordinal);
        Assert.EndsWith(Table, result.GetProperty("table").GetString(), StringComparison.Ordinal);
        Assert.False(string.IsNullOrEmpty(result.GetProperty("target").GetString()));
        Assert.Equal(run.Text.TrimEnd('\n'), run.Text.Trim());
        Assert.DoesNotContain('\n', run.Text.TrimEnd('\n'));
        Assert.DoesNotContain('\e', run.Errors);
        Assert.Contains("3 inserted", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_standard_input_is_a_file_too()
    {
        await CreateAsync("id integer, name text");
        var run = await RunAsync(["load", "-", "--to", Target, "--table", Table], "id,name\n1,a\n2,b\n"u8.ToArray());
        Expect(ExitCode.Done, run);
        Assert.Equal("1|a\n2|b", await QueryAsync($"SELECT * FROM {Table} ORDER BY id"));
    }

    [Fact]
    public async Task Compressed_files_are_read_as_they_are()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            await gzip.WriteAsync("id\n1\n2\n"u8.ToArray());
        var run = await LoadAsync(Write("rows.csv.gz", packed.ToArray()), "--create");
        Expect(ExitCode.Done, run);
        Assert.Equal("2", await CountAsync());
    }

    [Fact]
    public async Task Columns_are_mapped_by_name()
    {
        await CreateAsync("order_no integer, customer text");
        var run = await LoadAsync(Write("rows.csv", "Order No,who\n7,Ann\n"), "--map", "Order No=order_no", "--map", "who=customer");
        Expect(ExitCode.Done, run);
        Assert.Equal("7|Ann", await QueryAsync($"SELECT order_no, customer FROM {Table}"));
    }

    [Fact]
    public async Task Json_lines_are_loaded()
    {
        var run = await LoadAsync(Write("rows.jsonl", "{\"id\":1,\"name\":\"a\"}\n{\"id\":2,\"name\":null}\n"), "--create");
        Expect(ExitCode.Done, run);
        Assert.Equal("1|a\n2|", await QueryAsync($"SELECT id, name FROM {Table} ORDER BY id"));
    }

    [Fact]
    public async Task Leading_zeros_stay()
    {
        Expect(ExitCode.Done, await LoadAsync(Write("rows.csv", "zip,n\n00501,1\n10001,2\n"), "--create"));
        Assert.Equal("00501|1\n10001|2", await QueryAsync($"SELECT zip, n FROM {Table} ORDER BY n"));
    }

    [Fact]
    public async Task Flags_replace_detection()
    {
        await CreateAsync("column1 text, column2 text");
        var run = await LoadAsync(Write("rows.txt", "a|-\nb|c\n"), "--format", "csv", "--delimiter", "|", "--header", "no", "--null", "-");
        Expect(ExitCode.Done, run);
        Assert.Equal("a|1\nb|0", await QueryAsync($"SELECT column1, CASE WHEN column2 IS NULL THEN 1 ELSE 0 END FROM {Table} ORDER BY column1"));
    }

    [Fact]
    public async Task Several_files_go_into_one_table_each_with_a_result_and_the_worst_exit_code_counts()
    {
        await CreateAsync("id integer");
        var run = await LoadAsync(Write("a.csv", "id\n1\n2\n"), "missing.csv", Write("b.csv", "id\n3\n"));
        Expect(ExitCode.SourceUnreadable, run);
        var results = run.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(["loaded", "failed", "loaded"], results.Select(r => r.GetProperty("status").GetString()));
        Assert.Equal("3", await CountAsync());
    }

    [Fact]
    public async Task Several_files_without_a_table_have_tables_of_their_own()
    {
        var (one, other) = (Database.NewName("one"), Database.NewName("other"));
        var run = await RunAsync(["load", Write(one + ".csv", "id\n1\n2\n"), Write(other + ".csv", "id\n3\n"), "--to", Target, "--create"]);
        Expect(ExitCode.Done, run);
        Assert.Equal("2|1", await QueryAsync($"SELECT (SELECT count(*) FROM {one}), (SELECT count(*) FROM {other})"));
    }

    [Fact]
    public async Task A_dry_run_prints_the_plan_checks_every_row_and_sends_none()
    {
        await CreateAsync("id integer, name varchar(3)");
        var run = await LoadAsync(Write("rows.csv", "id,name\n1,a\nx,b\n3,c\ny,d\n"), "--dry-run");
        Expect(ExitCode.Failed, run);
        Assert.Contains("operation", run.Errors, StringComparison.Ordinal);
        Assert.Contains("Column 'id': 2 rows, the first is row 2 (rows.csv line 3)", run.Errors, StringComparison.Ordinal);
        Assert.Contains("Nothing was sent. (SLU0405)", run.Errors, StringComparison.Ordinal);
        Assert.Equal(4, Result(run).GetProperty("read").GetInt64());
        Assert.Equal("0", await CountAsync());
    }

    [Fact]
    public async Task A_dry_run_tells_what_only_the_database_knows()
    {
        await CreateAsync("id integer PRIMARY KEY, name varchar(3) NOT NULL");
        var run = await LoadAsync(Write("rows.csv", "id,name\n1,a\n1,\n"), "--dry-run");
        Expect(ExitCode.Failed, run);
        Assert.Contains("unchecked  unique key", run.Errors, StringComparison.Ordinal);
        Assert.Contains("Column 'name': 1 rows, the first is row 2 (rows.csv line 3): the value is null, but column 'name' is NOT NULL", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_dry_run_counts_what_the_load_does_and_keeps_nothing()
    {
        await CreateAsync("id integer PRIMARY KEY, name varchar(3)");
        await QueryAsync($"INSERT INTO {Table} VALUES (1, 'old')");
        var file = Write("rows.csv", "id,name\n1,new\n2,b\n3,c\n");

        var dry = await LoadAsync(file, "--mode", "upsert", "--dry-run=full");
        Expect(ExitCode.Done, dry);
        Assert.Equal("1|old", await QueryAsync($"SELECT id, name FROM {Table}"));
        var run = await LoadAsync(file, "--mode", "upsert");
        Expect(ExitCode.Done, run);

        Assert.Equal(("rolledBack", "loaded"), (Result(dry).GetProperty("status").GetString(), Result(run).GetProperty("status").GetString()));
        foreach (var count in new[] { "read", "inserted", "updated", "unchanged", "loaded", "remaining", "chunks", "commits" })
            Assert.Equal((count, Result(run).GetProperty(count).GetInt64()), (count, Result(dry).GetProperty(count).GetInt64()));
        Assert.Contains("rolled back", dry.Errors, StringComparison.Ordinal);
        Assert.Equal("3", await CountAsync());
    }

    [Fact]
    public async Task A_full_dry_run_fails_as_the_load_does_and_creates_nothing()
    {
        var created = await LoadAsync(Write("rows.csv", "id,name\n1,a\n2,b\n"), "--dry-run=full", "--create", "--key", "id");
        Expect(ExitCode.Done, created);
        Assert.Equal(2, Result(created).GetProperty("inserted").GetInt64());
        Assert.False(await TableExistsAsync());

        await CreateAsync("id integer PRIMARY KEY, name varchar(3)");
        var refused = await LoadAsync(Write("rows.csv", "id,name\n1,a\n1,b\n"), "--dry-run=full");
        Expect(ExitCode.Failed, refused);
        Assert.Contains("(SLU0201)", refused.Errors, StringComparison.Ordinal);
        Assert.Equal("0", await CountAsync());
        Expect(ExitCode.Usage, await LoadAsync("rows.csv", "--dry-run=half"));
    }

    [Fact]
    public async Task A_dry_run_creates_nothing()
    {
        var run = await LoadAsync(Write("rows.csv", "id,name\n1,a\n"), "--dry-run", "--create", "--key", "id");
        Expect(ExitCode.Done, run);
        Assert.Equal("planned", Result(run).GetProperty("status").GetString());
        Assert.Contains("which is created", run.Errors, StringComparison.Ordinal);
        Assert.False(await TableExistsAsync());
    }

    [Fact]
    public async Task Json_progress_is_events_alone_from_start_to_end()
    {
        await CreateAsync("id integer");
        var run = await LoadAsync(Write("rows.csv", "id\n1\n2\n"), "--progress", "json");
        Expect(ExitCode.Done, run);
        Assert.Equal(["start", "end"], Events(run.Errors).Where(e => e is not "progress"));
    }

    [Fact]
    public async Task Json_progress_ends_also_where_nothing_began()
    {
        var run = await LoadAsync("missing.csv", "--progress", "json");
        Expect(ExitCode.SourceUnreadable, run);
        Assert.Equal(["end"], Events(run.Errors));
    }

    [Fact]
    public async Task No_progress_is_silence()
    {
        await CreateAsync("id integer");
        var run = await LoadAsync(Write("rows.csv", "id\n1\n"), "--progress", "none");
        Expect(ExitCode.Done, run);
        Assert.Equal("", run.Errors);
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task A_signal_in_the_middle_rolls_everything_back(string signal, int exitCode)
    {
        await CreateAsync("id integer");
        var run = await InterruptAsync(signal, "all");
        Expect(exitCode, run);
        Assert.Contains("\"interrupted\"", run.Text, StringComparison.Ordinal);
        Assert.Contains("othing was kept", run.Errors, StringComparison.Ordinal);
        Assert.Equal("0", await CountAsync());
    }

    [Fact]
    public async Task A_signal_with_a_commit_for_each_chunk_tells_what_was_kept()
    {
        await CreateAsync("id integer");
        var run = await InterruptAsync("INT", "chunk");
        Expect(ExitCode.Interrupted, run);
        var kept = Result(run).GetProperty("inserted").GetInt64();
        Assert.True(kept > 0, run.Errors);
        Assert.Equal(kept.ToString(System.Globalization.CultureInfo.InvariantCulture), await CountAsync());
    }

    /// <summary>Loads from a pipe that stays open, and stops the load once it has sent rows.</summary>
    async Task<Sluice.Specification.Servers.ToolOutput> InterruptAsync(string signal, string commit)
    {
        using var process = Runs.SluiceProgram.Start(
            Folder, ["load", "-", "--to", Target, "--table", Table, "--chunk", "1000", "--commit", commit, "--order", "given", "--progress", "json", "--header", "yes"]);
        var output = process.StandardOutput.ReadToEndAsync();
        await process.StandardInput.WriteAsync("id\n" + string.Concat(Enumerable.Range(0, 200_000).Select(i => $"{i}\n")));
        await process.StandardInput.FlushAsync();
        var errors = new StringBuilder();
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            errors.AppendLine(line);
            if (line.Contains("\"progress\"", StringComparison.Ordinal) && !line.Contains("\"sent\":0", StringComparison.Ordinal))
                break;
        }
        await Sluice.Specification.Servers.Tool.RunAsync("kill", [$"-{signal}", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        errors.Append(await process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new(process.ExitCode, await output, errors.ToString());
    }

    static List<string?> Events(string errors) =>
        [.. errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("event").GetString())];
}
