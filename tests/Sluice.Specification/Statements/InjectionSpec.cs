using Sluice.Rows;
using Sluice.Specification.Databases;
using static Sluice.Sql;

namespace Sluice.Specification.Statements;

/// <summary>Whatever a name or a value holds, it stays a name or a value, in every verb that takes one.</summary>
public abstract class InjectionSpec(TestDatabase database) : DatabaseSpec(database), IAsyncLifetime
{
    public static TheoryData<string> Names =>
    [
        "plain", "two words", "quote\"d", "a\"; DROP TABLE canary; --", "it's", "'; DROP TABLE canary; --", "semi;colon", "back\\slash", "\\'; DROP TABLE canary; --",
        "dollar $1", "$$; DROP TABLE canary; $$", "brace {0}", "/* comment", "-- comment", "percent % and _", "new\nline", "tab\t", "select", "größe", "名前", "emoji 🚰", "dot.ted", "[square]", "`tick`", ":colon", "@at", "?1",
    ];

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await Database.ExecuteAsync("DROP TABLE IF EXISTS canary");
        await Database.ExecuteAsync("CREATE TABLE canary (id int)");
        await Database.ExecuteAsync("INSERT INTO canary VALUES (1)");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    async Task RequireCanaryAsync() => Assert.Equal(1, await Database.CountAsync("canary"));

    static string Quoted(string name) => "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    static Table NewTable(string name, string column) =>
        new(name, null, [Column.For(new Column<long>("id", SqlType.BigInt)), Column.For(new Column<string>(column, SqlType.Text) { IsNullable = true })], [0]);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_tables_name_and_a_columns_name_stay_names_in_every_verb(string name)
    {
        var table = NewTable(name, name);
        var (id, text) = (table.Column<long>("id"), table.Column<string>(name));
        await Database.ExecuteAsync($"DROP TABLE IF EXISTS {Quoted(name)}");
        await Engine.CreateTableAsync(table, Stop);
        var read = await Engine.ReadTableAsync(name, Stop);
        Assert.Equal([name, "id", name], read.Columns.Select(c => c.Name).Prepend(read.Name));

        await Engine.InsertAsync(RowSource.From(["id", name], [[1L, "loaded"], [2L, "loaded"]]), table, cancellationToken: Stop);
        await Engine.ExecuteAsync(InsertInto(table).Values(1L, "upserted").OnConflict(id).DoUpdate(set => set.Set(text, Excluded(text))), Stop);
        await Engine.ExecuteAsync(Update(table).Set(text, "updated").Where(id == 2), Stop);
        var cte = Select(id, text).From(table).AsCte(name + "3");
        var other = table.As(name + "2");
        Assert.Equal(["updated", "upserted"], await Engine.QueryAsync<string>(Select(cte[name].As(name)).From(cte).OrderBy(cte["id"].Desc()), Stop));
        Assert.Equal([1L, 2L], await Engine.QueryAsync<long>(Select(other["id"]).From(other).OrderBy(other["id"]), Stop));
        var derived = Select(Max(id).As(name)).From(table).As(name);
        Assert.Equal(2, await Engine.ScalarAsync<long>(Select(derived[name]).From(derived), Stop));
        Assert.Equal("upserted|updated", await Engine.ScalarAsync<string>(Select(StringAgg(text, "|").OrderBy(id)).From(table), Stop));
        Assert.Equal(1, await Engine.ExecuteAsync(DeleteFrom(table).Where(text == "updated"), Stop));
        Assert.Equal(1, await Database.CountAsync(Quoted(name)));
        await Database.ExecuteAsync($"DROP TABLE {Quoted(name)}");
        await RequireCanaryAsync();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_value_stays_a_value_in_every_verb(string value)
    {
        var table = NewTable("injected", "name");
        var (id, text) = (table.Column<long>("id"), table.Column<string>("name"));
        await Database.ExecuteAsync("DROP TABLE IF EXISTS injected");
        await Engine.CreateTableAsync(table, Stop);
        await Engine.InsertAsync(RowSource.From(["id", "name"], [[1L, value]]), table, cancellationToken: Stop);
        await Engine.ExecuteAsync(InsertInto(table).Values(2L, value), Stop);
        await Engine.ExecuteAsync(InsertInto(table).Values(3L, "x"), Stop);
        await Engine.ExecuteAsync(Update(table).Set(text, value).Where(id == 3), Stop);
        await Engine.ExecuteAsync(Text($"INSERT INTO injected VALUES ({4L}, {value})"), Stop);
        await Engine.ExecuteAsync(InsertInto(table).Values(5L, Literal(value)), Stop);
        Assert.Equal([1L, 2, 3, 4, 5], await Engine.QueryAsync<long>(Select(id).From(table).Where(text == value).OrderBy(id), Stop));
        Assert.Equal(5, await Engine.ScalarAsync<long>(Select(Count()).From(table).Where(text == Literal(value)), Stop));
        Assert.Equal(5, await Engine.ScalarAsync<long>(Select(Count()).From(table).Where(text.In([value])), Stop));
        Assert.Equal(5, await Engine.ScalarAsync<long>(Select(Count()).From(table).Where(text.Like("%" + value.Replace("\\", "\\\\", StringComparison.Ordinal) + "%")), Stop));
        Assert.Equal(value + value, await Engine.ScalarAsync<string>(Select(StringAgg(text, "")).From(table).Where(id <= 2), Stop));
        Assert.Equal($"x{value}x", await Engine.ScalarAsync<string>(Select(StringAgg(Param("x"), value)).From(table).Where(id <= 2), Stop));
        Assert.Equal(5, await Engine.ExecuteAsync(DeleteFrom(table).Where(text == value), Stop));
        await RequireCanaryAsync();
    }

    [Fact]
    public async Task A_zero_character_is_refused_before_anything_is_sent()
    {
        var table = NewTable("nul\0name", "name");
        await Assert.ThrowsAsync<BulkPlanException>(() => Engine.CreateTableAsync(table, Stop));
        await Assert.ThrowsAsync<BulkPlanException>(() => Engine.InsertAsync(RowSource.From(["id"], [[1L]]), table, cancellationToken: Stop));
        await Assert.ThrowsAsync<BulkPlanException>(() => Engine.ExecuteAsync(DeleteFrom(table).Where(table.Column<long>("id") == 1), Stop));
        await RequireCanaryAsync();
    }

    [Fact]
    public async Task A_name_of_200_characters_works_where_the_database_keeps_it_and_is_refused_where_it_does_not()
    {
        var name = new string('n', 200);
        var table = NewTable(name, "name");
        await Database.ExecuteAsync($"DROP TABLE IF EXISTS {name[..63]}");
        try
        {
            await Engine.CreateTableAsync(table, Stop);
            await Engine.ExecuteAsync(InsertInto(table).Values(1L, "a"), Stop);
            Assert.Equal(1, await Database.CountAsync(name));
            await Database.ExecuteAsync($"DROP TABLE {name}");
        }
        catch (BulkPlanException refused)
        {
            Assert.Equal("SLU0112", refused.Code);
            Assert.Contains("63", refused.Message, StringComparison.Ordinal);
            var tables = await Engine.QueryAsync<string>(Text($"SELECT relname::text FROM pg_class WHERE relname LIKE 'nnn%'"), Stop);
            Assert.Empty(tables);
        }
        await RequireCanaryAsync();
    }
}
