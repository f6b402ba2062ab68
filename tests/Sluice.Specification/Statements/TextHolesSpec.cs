using Sluice.Specification.Databases;
using static Sluice.Sql;

namespace Sluice.Specification.Statements;

/// <summary>What stands in the holes of texts, and beside values without a type of their own.</summary>
public abstract class TextHolesSpec(TestDatabase database) : DatabaseSpec(database)
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    async Task<Table> TableAsync()
    {
        var name = Database.NewName("hole");
        await Database.ExecuteAsync($"CREATE TABLE {name} (id integer PRIMARY KEY, at timestamp with time zone, n integer)");
        return await Engine.ReadTableAsync(name, Stop);
    }

    [Fact]
    public async Task A_null_in_a_hole_takes_the_type_of_its_place()
    {
        var table = await TableAsync();
        int? none = null;
        await Engine.ExecuteAsync(InsertInto(table).Columns(table.Column<int>("id"), table.Column<int>("n")).Values(1, 5), Stop);
        Assert.Equal(1, await Engine.ExecuteAsync(Text($"UPDATE {table} SET n = {none} WHERE id = {1}"), Stop));
        Assert.Equal(1, await Database.ScalarAsync<long>($"SELECT count(*) FROM {table.Name} WHERE n IS NULL"));
        Assert.Empty(await Engine.QueryAsync<int>(Text($"SELECT id FROM {table} WHERE id = {none}"), Stop));
    }

    [Fact]
    public async Task A_table_in_a_hole_is_its_name_and_its_columns_are_known()
    {
        var table = await TableAsync();
        await Engine.ExecuteAsync(InsertInto(table).Columns(table.Column<int>("id"), table.Column<int>("n")).Values(1, 5), Stop);
        Assert.Equal([5], await Engine.QueryAsync<int>(Text($"SELECT {table.Column<int>("n")} FROM {table} WHERE {table.Column<int>("id")} = {1}"), Stop));
        var other = table.As("o");
        Assert.Equal([1], await Engine.QueryAsync<int>(Text($"SELECT {other.Column<int>("id")} FROM {other}"), Stop));
        var cte = Select(table.Column<int>("id")).From(table).AsCte("some");
        Assert.Contains("some", Assert.Throws<ArgumentException>(() => Text($"SELECT * FROM {cte}")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_null_in_a_hole_has_the_type_of_the_hole()
    {
        int? number = null;
        string? word = null;
        DateTimeOffset? time = null;
        decimal[]? list = null;
        object? any = null;
        var parameters = Engine.Render(Text($"SELECT {number}, {word}, {time}, {list}, {any}, {null}")).Parameters;
        Assert.All(parameters, p => Assert.Null(p.Value));
        Assert.Equal(
            [SqlTypeKind.Integer, SqlTypeKind.Text, SqlTypeKind.TimestampTz, SqlTypeKind.Array, SqlTypeKind.Other],
            parameters.Select(p => p.Type.Kind).Distinct());
    }

    [Fact]
    public async Task A_typed_null_is_told_apart_where_its_place_says_nothing()
    {
        int? number = null;
        Assert.Equal([7], await Engine.QueryAsync<int>(Text($"SELECT coalesce({number}, {7})"), Stop));
        Assert.Equal([null], await Engine.QueryAsync<int?>(Text($"SELECT {number} + 1"), Stop));
    }

    [Fact]
    public async Task Words_that_look_like_holes_are_words_and_values_never_are()
    {
        const string Constant = "a'; DROP TABLE hole --";
        string text = "{0} {{ }} '";
        Assert.Equal([(Constant, text, "{x} it's")], await Engine.QueryAsync<string, string, string>(
            Text($"SELECT {Constant}, " + $"{text}, '{{x}} it''s'"), Stop));
        Assert.Equal("SELECT $1, $2, '{x} it''s'", Engine.Render(Text($"SELECT {Constant}, " + $"{text}, '{{x}} it''s'")).Text);
    }

    [Fact]
    public async Task A_hole_may_wait_for_its_value_and_a_column_or_a_part_stands_in_it_as_what_it_is()
    {
        var table = await TableAsync();
        var id = table.Column<int>("id");
        await Engine.ExecuteAsync(InsertInto(table).Columns(id).Values(1), Stop);
        await Engine.ExecuteAsync(InsertInto(table).Columns(id).Values(2), Stop);
        Column described = table.Columns[0];
        SqlQuery largest = Select(Max(id)).From(table);
        Assert.Equal([2], await Engine.QueryAsync<int>(
            Text($"SELECT {described} FROM {table} WHERE {id > await Task.FromResult(1)} AND {id} = {largest}"), Stop));
    }

    [Fact]
    public async Task A_case_takes_its_type_from_its_first_value()
    {
        var table = await TableAsync();
        var n = table.Column<int>("n");
        await Engine.ExecuteAsync(InsertInto(table).Columns(table.Column<int>("id"), n).Values(1, 5), Stop);
        await Engine.ExecuteAsync(InsertInto(table).Columns(table.Column<int>("id"), n).Values(2, 50), Stop);
        var size = When(n > 9, "big").Else("small");
        Assert.Equal(["small", "big"], await Engine.QueryAsync<string>(Select(size).From(table).OrderBy(table.Column<int>("id")), Stop));
        Assert.Equal([0, 1], await Engine.QueryAsync<int>(Select(When(n > 9, 1).Else(0)).From(table).OrderBy(table.Column<int>("id")), Stop));
    }

    [Fact]
    public async Task A_point_in_time_is_compared_with_a_time_of_a_known_zone()
    {
        var table = await TableAsync();
        var at = table.Column<DateTimeOffset>("at");
        var time = new DateTime(2026, 1, 31, 12, 0, 0, DateTimeKind.Utc);
        await Engine.InsertAsync(RowSource.From(["id", "at"], [new object?[] { 1, new DateTimeOffset(time) }]), table,
            cancellationToken: Stop);
        Assert.Equal(1, await Engine.ScalarAsync<long>(Select(Count()).From(table).Where(at == time & at >= time & at <= time & at > time.AddHours(-1) & at < time.AddHours(1) & at != time.AddHours(1)), Stop));
        Assert.Throws<ArgumentException>(() => at > DateTime.SpecifyKind(time, DateTimeKind.Unspecified));
    }
}
