using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.Data.Sqlite;
using Sluice.Rows;
using static Sluice.Sql;

namespace Sluice.Sqlite.Tests.Values;

[Table("badges")]
public sealed partial record Badge([property: Key] Guid Id, string Name);

[Table("rates")]
public sealed partial record Rate([property: Key] decimal Value, string Name);

[Table("ticks")]
public sealed partial record TickAt([property: Key] DateTimeOffset At, string Name);

/// <summary>A column that holds values in another form than Microsoft.Data.Sqlite's is written and looked up in that form.</summary>
public sealed class StoredFormTests(TestSqlite database) : IClassFixture<TestSqlite>
{
    static readonly Guid s_one = new("7d444840-9dc0-11d1-b245-5ffdce74fad2");
    static readonly Guid s_two = new("f81d4fae-7dec-11d0-a765-00a0c91e6bf6");

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    Engine Engine => database.Engine;

    static string Literal(Guid id, string form) => form switch
    {
        "bytes" => $"x'{Convert.ToHexString(id.ToByteArray())}'",
        "small" => $"'{id}'",
        _ => $"'{id.ToString().ToUpperInvariant()}'",
    };

    async Task CreateAsync(string form, string type = "uuid") =>
        await database.ExecuteAsync($"DROP TABLE IF EXISTS badges; CREATE TABLE badges (id {type} PRIMARY KEY, name text NOT NULL); INSERT INTO badges VALUES ({Literal(s_one, form)}, 'old')");

    Task<string> ContentAsync() => database.RunSqlite3Async("SELECT quote(id) || ' ' || name FROM badges ORDER BY name");

    static string Lines(params string[] lines) => string.Concat(lines.Select(line => line + "\n"));

    [Theory]
    [InlineData("small", "uuid", 1)]
    [InlineData("small", "TEXT", 1)]
    [InlineData("bytes", "uuid", 1)]
    [InlineData("capitals", "uuid", 1)]
    [InlineData("small", "uuid", 500)]
    [InlineData("bytes", "uuid", 500)]
    public async Task Identifiers_are_written_and_found_in_the_form_that_is_there(string form, string type, int more)
    {
        await CreateAsync(form, type);
        Badge[] others = [.. Enumerable.Range(1, more - 1).Select(i => new Badge(Guid.NewGuid(), $"x{i}"))];
        for (var round = 0; round < 2; round++)
        {
            var result = await Engine.UpsertAsync([new Badge(s_one, "new"), new Badge(s_two, "two"), .. others], cancellationToken: Stop);
            Assert.Equal((round == 0 ? more : 0, round == 0 ? 1 : more + 1), (result.Inserted, result.Updated));
        }
        Assert.Equal(1, (await Engine.UpdateAsync([new Badge(s_two, "second")], cancellationToken: Stop)).Updated);
        Assert.Equal(others.Length, (await Engine.DeleteAsync(others, cancellationToken: Stop)).Deleted);
        Assert.Equal(Lines($"{Stored(s_one)} new", $"{Stored(s_two)} second"), await ContentAsync());
        var b = Badge.Table;
        Assert.Equal(["second"], await Engine.QueryAsync<string>(Select(b.Name).From(b).Where(b.Id == s_two), Stop));
        Assert.Equal(["new"], await Engine.QueryAsync<string>(Select(b.Name).From(b).Where(b.Id != s_two), Stop));
        Assert.Equal(1, (await Engine.SyncAsync([new Badge(s_one, "kept")], b.Name != "", cancellationToken: Stop)).Removed);
        Assert.Equal(Lines($"{Stored(s_one)} kept"), await ContentAsync());
        Assert.Equal(1, (await Engine.DeleteAsync([new Badge(s_one, "")], cancellationToken: Stop)).Deleted);

        string Stored(Guid id) => form is "bytes" ? $"X'{Convert.ToHexString(id.ToByteArray())}'" : Literal(id, form);
    }

    [Fact]
    public async Task An_empty_column_takes_the_drivers_form_from_values_and_texts()
    {
        await database.ExecuteAsync("DROP TABLE IF EXISTS badges; CREATE TABLE badges (id uuid PRIMARY KEY, name text NOT NULL)");
        await Engine.InsertAsync(RowSource.From(new[] { new Dictionary<string, object?> { ["id"] = s_one.ToString(), ["name"] = "text" } }), Badge.Table, cancellationToken: Stop);
        Assert.Equal(1, (await Engine.UpsertAsync([new Badge(s_one, "value")], cancellationToken: Stop)).Updated);
        Assert.Equal(Lines($"{Literal(s_one, "capitals")} value"), await ContentAsync());
    }

    [Theory]
    [InlineData("12345678901234567890123456789012", "12345678-9012-3456-7890-123456789012")]
    [InlineData("123456789012345678901234567890e1", "12345678-9012-3456-7890-1234567890E1")]
    [InlineData("{00112233-4455-6677-8899-aabbccddeeff}", "00112233-4455-6677-8899-AABBCCDDEEFF")]
    public async Task An_identifier_in_another_form_is_stored_in_that_of_its_column(string text, string stored)
    {
        await database.ExecuteAsync("DROP TABLE IF EXISTS identifiers; CREATE TABLE identifiers (id UUID)");
        await Engine.InsertAsync(RowSource.From(["id"], [[text]]), await Engine.ReadTableAsync("identifiers", Stop), cancellationToken: Stop);
        Assert.Equal(stored + "|text", (await database.RunSqlite3Async("SELECT id, typeof(id) FROM identifiers")).Trim());
    }

    [Theory]
    [InlineData("small", "capitals")]
    [InlineData("capitals", "bytes")]
    public async Task A_key_in_several_forms_is_refused(string form, string other)
    {
        await CreateAsync(form);
        await database.ExecuteAsync($"INSERT INTO badges VALUES ({Literal(s_two, other)}, 'other')");
        var before = await ContentAsync();
        var refused = await Assert.ThrowsAsync<BulkException>(() => Engine.UpsertAsync([new Badge(Guid.NewGuid(), "new")], cancellationToken: Stop));
        Assert.Equal("SLU0160", refused.Code);
        Assert.Equal(before, await ContentAsync());
    }

    [Fact]
    public async Task What_others_write_between_two_small_calls_is_seen()
    {
        await database.ExecuteAsync("DROP TABLE IF EXISTS badges; CREATE TABLE badges (id uuid PRIMARY KEY, name text NOT NULL)");
        await Engine.UpsertAsync([new Badge(s_one, "first")], cancellationToken: Stop);
        await Engine.UpsertAsync([new Badge(s_one, "again")], cancellationToken: Stop);
        await database.ExecuteAsync($"DELETE FROM badges; INSERT INTO badges VALUES ('{s_one}', 'small')");
        Assert.Equal(1, (await Engine.UpsertAsync([new Badge(s_one, "found")], cancellationToken: Stop)).Updated);
        Assert.Equal(Lines($"'{s_one}' found"), await ContentAsync());
    }

    [Theory]
    [InlineData("5.0", "5.0", "6.0")]
    [InlineData("5", "5", "6")]
    [InlineData(null, "5.0", "6.0")]
    public async Task Exact_numbers_of_a_key_have_one_form(string? there, string five, string six)
    {
        await database.ExecuteAsync("DROP TABLE IF EXISTS rates; CREATE TABLE rates (value DECIMAL_TEXT PRIMARY KEY, name TEXT NOT NULL)");
        if (there is not null)
            await database.ExecuteAsync($"INSERT INTO rates VALUES ('{there}', 'old')");
        var result = await Engine.UpsertAsync([new Rate(5m, "five"), new Rate(6.00m, "six"), new Rate(7.50m, "more")], cancellationToken: Stop);
        Assert.Equal(there is null ? 3 : 2, result.Inserted);
        object?[] mixed = [5L, 6.0, "7.5"];
        await Engine.UpsertAsync(RowSource.From(mixed.Select(value => new Dictionary<string, object?> { ["value"] = value, ["name"] = "mixed" })), table: Rate.Table, cancellationToken: Stop);
        Assert.Equal(Lines($"{five}|mixed", $"{six}|mixed", "7.5|mixed"), await database.RunSqlite3Async("SELECT * FROM rates ORDER BY value"));
        var r = Rate.Table;
        Assert.Equal(["mixed"], await Engine.QueryAsync<string>(Select(r.Name).From(r).Where(r.Value == 5m), Stop));
        Assert.Equal(2, (await Engine.QueryAsync<string>(Select(r.Name).From(r).Where(r.Value.In(5m, 6m)), Stop)).Count);
        Assert.Equal(3, (await Engine.DeleteAsync([new Rate(5m, ""), new Rate(6m, ""), new Rate(7.5m, "")], cancellationToken: Stop)).Deleted);
    }

    [Theory]
    [InlineData("'1', '1.0'")]
    [InlineData("'1.50', '2'")]
    public async Task A_key_of_exact_numbers_in_several_forms_is_refused(string values)
    {
        await database.ExecuteAsync($"DROP TABLE IF EXISTS rates; CREATE TABLE rates (value DECIMAL_TEXT PRIMARY KEY, name TEXT NOT NULL); INSERT INTO rates SELECT column1, 'x' FROM (VALUES ({values.Replace(", ", "), (")}))");
        Assert.Equal("SLU0160", (await Assert.ThrowsAsync<BulkException>(() => Engine.UpsertAsync([new Rate(9m, "new")], cancellationToken: Stop))).Code);
        Assert.Equal(2, await database.CountAsync("rates"));
    }

    [Fact]
    public async Task A_time_with_an_offset_is_no_key()
    {
        await database.ExecuteAsync("DROP TABLE IF EXISTS ticks");
        await Engine.CreateTableAsync(TickAt.Table, Stop);
        var noon = new DateTimeOffset(2024, 5, 1, 12, 0, 0, TimeSpan.Zero);
        foreach (var send in new Func<TickAt[], Task>[] { rows => Engine.UpsertAsync(rows, cancellationToken: Stop), rows => Engine.InsertAsync(rows, cancellationToken: Stop), rows => Engine.DeleteAsync(rows, cancellationToken: Stop) })
        {
            var refused = await Assert.ThrowsAsync<BulkRowException>(() => send([new TickAt(noon, "a"), new TickAt(noon.AddHours(1).ToOffset(TimeSpan.FromHours(2)), "b")]));
            Assert.Equal(("SLU0203", "at"), (refused.Code, refused.ColumnName));
        }
        Dictionary<string, object?>[] texts = [new() { ["at"] = "2024-05-01 12:00:00+00:00", ["name"] = "a" }, new() { ["at"] = "2024-05-01 14:00:00+02:00", ["name"] = "b" }];
        Assert.Equal("at", (await Assert.ThrowsAsync<BulkRowException>(() => Engine.UpsertAsync(RowSource.From(texts), table: TickAt.Table, cancellationToken: Stop))).ColumnName);
        Assert.Equal(0, await database.CountAsync("ticks"));
        var same = await Assert.ThrowsAsync<BulkRowException>(() => Engine.UpsertAsync([new TickAt(noon, "a"), new TickAt(noon.ToOffset(TimeSpan.FromHours(2)), "b")], cancellationToken: Stop));
        Assert.Equal("SLU0205", same.Code);
    }

    [Fact]
    public async Task Pages_by_a_time_are_in_its_order_or_refused()
    {
        await database.ExecuteAsync("DROP TABLE IF EXISTS ticks; CREATE TABLE ticks (at TIMESTAMPTZ NOT NULL PRIMARY KEY, name TEXT)");
        var t = TickAt.Table;
        var noon = new DateTimeOffset(2024, 5, 1, 12, 0, 0, TimeSpan.Zero);
        await Engine.InsertAsync(Enumerable.Range(0, 25).Select(i => new TickAt(noon.AddMinutes(i * 7 % 25).AddTicks(i), $"{i}")), cancellationToken: Stop);
        Assert.Equal(25, (await PagesAsync()).Count);
        Assert.Contains("USING INDEX sqlite_autoindex_ticks_1", await PlanAsync(Select(t.Name).From(t).Where(t.At > noon & t.At <= noon.AddHours(1))), StringComparison.Ordinal);
        await database.ExecuteAsync("INSERT INTO ticks VALUES ('2024-05-01 14:30:00+05:00', 'elsewhere')");
        Assert.Equal("SLU0161", (await Assert.ThrowsAsync<BulkPlanException>(PagesAsync)).Code);

        async Task<List<DateTimeOffset>> PagesAsync()
        {
            var read = new List<DateTimeOffset>();
            await foreach (var row in Engine.StreamByKeyAsync<TickAt>(Select(t).From(t), t.At, pageSize: 4, cancellationToken: Stop))
                read.Add(row.At);
            Assert.Equal(read.Order(), read);
            return read;
        }
    }

    Task<string> PlanAsync(SqlStatement statement) => ExplainAsync(Engine.Render(statement).Text);

    async Task<string> ExplainAsync(string sql)
    {
        await using var connection = await database.OpenAsync();
        connection.CreateCollation("sluice_moment", string.CompareOrdinal);
        connection.CreateCollation("sluice_number", string.CompareOrdinal);
        connection.CreateFunction<string, string>("sluice_floor", text => text, isDeterministic: true);
        connection.CreateFunction<string, string>("sluice_ceiling", text => text, isDeterministic: true);
        connection.CreateFunction<string, string>("sluice_other", text => text, isDeterministic: true);
        await using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + sql;
        for (var i = 1; sql.Contains($"${i}", StringComparison.Ordinal); i++)
            command.Parameters.AddWithValue($"${i}", "2024-05-01 12:00:00+00:00");
        var lines = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(Stop);
        while (await reader.ReadAsync(Stop))
            lines.Add(reader.GetString(3));
        return string.Join('\n', lines);
    }

    [Fact]
    public async Task Equality_with_a_key_uses_its_index()
    {
        await database.ExecuteAsync("DROP TABLE IF EXISTS rates; DROP TABLE IF EXISTS badges");
        await Engine.CreateTableAsync(Rate.Table, Stop);
        await Engine.CreateTableAsync(Badge.Table, Stop);
        Assert.StartsWith("SEARCH", await PlanAsync(Select(Rate.Table.Name).From(Rate.Table).Where(Rate.Table.Value == 5m)), StringComparison.Ordinal);
        Assert.StartsWith("SEARCH", await PlanAsync(Select(Badge.Table.Name).From(Badge.Table).Where(Badge.Table.Id == s_one)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_attached_connection_compares_values_and_leaves_nothing_in_the_schema()
    {
        await database.ExecuteAsync("DROP TABLE IF EXISTS rates");
        await Engine.CreateTableAsync(Rate.Table, Stop);
        await Engine.InsertAsync([new Rate(10m, "ten"), new Rate(9m, "nine")], cancellationToken: Stop);
        var r = Rate.Table;
        await using var connection = await database.OpenAsync();
        for (var round = 0; round < 2; round++)
        {
            var attached = SqliteEngine.Attach(connection);
            Assert.Equal(["nine", "ten"], await attached.QueryAsync<string>(Select(r.Name).From(r).OrderBy(r.Value), Stop));
            Assert.Equal(19m, Assert.Single(await attached.QueryAsync<decimal>(Select(Sum(r.Value)).From(r), Stop)));
        }
        Assert.DoesNotContain("sluice_", await database.RunSqlite3Async("SELECT group_concat(sql) FROM sqlite_schema"), StringComparison.Ordinal);
        await using var command = connection.CreateCommand();
        command.CommandText = "CREATE VIEW computed AS SELECT sluice_add(value, 1) FROM rates; SELECT * FROM computed";
        Assert.Contains("unsafe use of sluice_add", (await Assert.ThrowsAsync<SqliteException>(() => command.ExecuteNonQueryAsync(Stop))).Message, StringComparison.Ordinal);
        await database.ExecuteAsync("DROP VIEW IF EXISTS computed");
    }
}
