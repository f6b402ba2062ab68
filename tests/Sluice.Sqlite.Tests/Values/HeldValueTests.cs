using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using System.Net;
using System.Numerics;
using Microsoft.Data.Sqlite;
using Sluice.Rows;
using static Sluice.Sql;

namespace Sluice.Sqlite.Tests.Values;

public enum Shade
{
    Red,
    Green = 7,
}

[Table("holders")]
public sealed partial class Holder
{
    [Key]
    public int Id { get; set; }

    public string[] Tags { get; set; } = [];

    public List<int>? Counts { get; set; }

    public float[]? Weights { get; set; }

    public Guid[]? Ids { get; set; }

    public decimal?[]? Prices { get; set; }
}

[Table("hosts")]
public sealed record Host([property: Key] int Id, IPAddress? Address, BigInteger Large);

[Table("paints")]
public sealed partial record Paint([property: Key] int Id, Shade Shade, string? Note);

public sealed class Unheld
{
    public int X { get; set; }
}

/// <summary>What a table is made for is what its rows can hold, and what cannot be held is refused before the table is made.</summary>
public sealed class HeldValueTests(TestSqlite database) : IClassFixture<TestSqlite>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    Engine Engine => database.Engine;

    [Fact]
    public async Task Lists_are_stored_as_JSON_arrays_and_read_back()
    {
        await database.ExecuteAsync("DROP TABLE IF EXISTS holders");
        var id = new Guid("7d444840-9dc0-11d1-b245-5ffdce74fad2");
        Holder[] rows =
        [
            new() { Id = 1, Tags = ["a", "it's \"b\"", "é"], Counts = [1, -2], Weights = [0.5f, 3f], Ids = [id], Prices = [1.50m, null] },
            new() { Id = 2, Tags = [], Counts = null },
        ];
        await Engine.InsertAsync(rows, options: new BulkOptions { Target = new() { CreateTable = true } }, cancellationToken: Stop);
        await Engine.UpsertAsync(rows, cancellationToken: Stop);
        Assert.Equal(
            "a|it's \"b\"|é|1|-2|0.5|3.0|7D444840-9DC0-11D1-B245-5FFDCE74FAD2|1.5\n",
            await database.RunSqlite3Async("SELECT tags ->> 0, tags ->> 1, tags ->> 2, counts ->> 0, counts ->> 1, weights ->> 0, weights ->> 1, ids ->> 0, prices ->> 0 FROM holders WHERE id = 1"));
        Assert.Equal("[]|\n", await database.RunSqlite3Async("SELECT tags, counts FROM holders WHERE id = 2"));
        var read = await Engine.QueryAsync<Holder>(Select(Holder.Table).From(Holder.Table).OrderBy(Holder.Table.Id), Stop);
        Assert.Equal(rows[0].Tags, read[0].Tags);
        Assert.Equal(rows[0].Counts, read[0].Counts);
        Assert.Equal(rows[0].Weights, read[0].Weights);
        Assert.Equal(rows[0].Ids, read[0].Ids);
        Assert.Equal(rows[0].Prices, read[0].Prices);
        Assert.Empty(read[1].Tags);
        Assert.Null(read[1].Counts);
        object?[] lists = [(int[])[1, 2], new List<string> { "x" }, new object[] { 1, "y" }];
        await Engine.InsertAsync(RowSource.From(lists.Select((list, i) => new Dictionary<string, object?> { ["id"] = 10 + i, ["tags"] = list })), Holder.Table, cancellationToken: Stop);
        Assert.Equal("[1,2]\n[\"x\"]\n[1,\"y\"]\n", await database.RunSqlite3Async("SELECT tags FROM holders WHERE id >= 10 ORDER BY id"));
    }

    [Fact]
    public async Task Addresses_and_large_numbers_are_stored_as_their_texts()
    {
        await database.ExecuteAsync("DROP TABLE IF EXISTS hosts");
        Host[] rows = [new(1, IPAddress.Parse("10.0.0.1"), BigInteger.Pow(10, 30)), new(2, IPAddress.IPv6Loopback, 5), new(3, null, -1)];
        await Engine.InsertAsync(rows, options: new BulkOptions { Target = new() { CreateTable = true } }, cancellationToken: Stop);
        Assert.Equal("10.0.0.1|1000000000000000000000000000000\n::1|5\n|-1\n", await database.RunSqlite3Async("SELECT address, large FROM hosts ORDER BY id"));
        var t = Table.For<Host>();
        Assert.Equal(rows, await Engine.QueryAsync<Host>(Select(t).From(t).OrderBy(t.Column<int>("id")), Stop));
    }

    [Fact]
    public async Task A_type_that_nothing_holds_is_refused_before_its_table_is_made()
    {
        var table = new Table("unheld", null, [new Column<int>("id", SqlType.Integer), new Column<Unheld>("x", new SqlType(SqlTypeKind.Other))], [0]);
        Assert.Equal("SLU0163", (await Assert.ThrowsAsync<BulkPlanException>(() => Engine.CreateTableAsync(table, Stop))).Code);
        Assert.Equal(0, await database.ScalarAsync<long>("SELECT count(*) FROM sqlite_schema WHERE name = 'unheld'"));
    }

    [Fact]
    public async Task An_enumeration_goes_into_a_text_column_by_its_name()
    {
        await database.ExecuteAsync("DROP TABLE IF EXISTS paints; CREATE TABLE paints (id INTEGER PRIMARY KEY, shade TEXT NOT NULL, note TEXT)");
        Paint[] rows = [new(1, Shade.Green, "a"), new(2, Shade.Red, null)];
        await Engine.InsertAsync(rows, cancellationToken: Stop);
        await Engine.UpsertAsync(rows, cancellationToken: Stop);
        Assert.Equal("Green\nRed\n", await database.RunSqlite3Async("SELECT shade FROM paints ORDER BY id"));
        await database.ExecuteAsync("DROP TABLE paints; CREATE TABLE paints (id INTEGER PRIMARY KEY, shade INTEGER NOT NULL, note TEXT)");
        await Engine.InsertAsync(rows, cancellationToken: Stop);
        Assert.Equal("7\n0\n", await database.RunSqlite3Async("SELECT shade FROM paints ORDER BY id"));
    }

    [Fact]
    public async Task A_zero_character_is_refused_in_rows_and_in_parameters()
    {
        await database.ExecuteAsync("DROP TABLE IF EXISTS paints; CREATE TABLE paints (id INTEGER PRIMARY KEY, shade INTEGER NOT NULL, note TEXT)");
        Assert.Equal("SLU0203", (await Assert.ThrowsAsync<BulkRowException>(() => Engine.InsertAsync([new Paint(1, Shade.Red, "a\0b")], cancellationToken: Stop))).Code);
        var p = Paint.Table;
        Assert.Equal("SLU0164", (await Assert.ThrowsAnyAsync<BulkException>(() => Engine.ExecuteAsync(InsertInto(p).Columns(p.Id, p.Shade, p.Note).Values(1, Param(Shade.Red), "a\0b"), Stop))).Code);
        Assert.Equal("SLU0164", (await Assert.ThrowsAnyAsync<BulkException>(() => Engine.QueryAsync<int>(Select(p.Id).From(p).Where(p.Note == "a\0b"), Stop))).Code);
        Assert.Equal(0, await database.CountAsync("paints"));
    }

    [Fact]
    public async Task Rows_that_a_views_triggers_take_are_counted()
    {
        await database.ExecuteAsync("""
            DROP VIEW IF EXISTS seen; DROP VIEW IF EXISTS plain; DROP TABLE IF EXISTS behind;
            CREATE TABLE behind (id INTEGER PRIMARY KEY, name TEXT);
            CREATE VIEW seen AS SELECT id, name, upper(name) AS shout FROM behind;
            CREATE VIEW plain AS SELECT id, name FROM behind;
            CREATE TRIGGER takes INSTEAD OF INSERT ON seen WHEN NEW.id <> 13 BEGIN INSERT INTO behind VALUES (NEW.id, coalesce(NEW.name, lower(NEW.shout))); END;
            CREATE TRIGGER changes INSTEAD OF UPDATE ON seen BEGIN UPDATE behind SET name = NEW.name WHERE id = OLD.id; END;
            CREATE TRIGGER removes INSTEAD OF DELETE ON seen BEGIN DELETE FROM behind WHERE id = OLD.id; END;
            """);
        var view = await Engine.ReadTableAsync("seen", Stop);
        RowSource Rows(string column, int count) => RowSource.From(Enumerable.Range(1, count).Select(i => new Dictionary<string, object?> { ["id"] = (long)i, [column] = $"N{i}" }));
        var inserted = await Engine.InsertAsync(Rows("shout", 30), view, cancellationToken: Stop);
        Assert.Equal((29, 1), (inserted.Inserted, inserted.Skipped));
        Assert.Equal(29, await database.CountAsync("behind"));
        var updated = await Engine.UpdateAsync(Rows("name", 5), on: on => on.Columns(view.Columns[0]), table: view,
            cancellationToken: Stop);
        Assert.Equal(5, updated.Updated);
        Assert.Equal(5, (await Engine.DeleteAsync(Rows("name", 5), on: on => on.Columns(view.Columns[0]), table: view, cancellationToken: Stop)).Deleted);
        Assert.Equal(24, await database.CountAsync("behind"));
        var plain = await Engine.ReadTableAsync("plain", Stop);
        foreach (var send in new Func<Task>[] { () => Engine.InsertAsync(Rows("name", 1), plain, cancellationToken: Stop), () => Engine.DeleteAsync(Rows("name", 1), on: on => on.Columns(plain.Columns[0]), table: plain, cancellationToken: Stop) })
            Assert.Equal("SLU0162", (await Assert.ThrowsAsync<BulkPlanException>(send)).Code);
        await database.ExecuteAsync("CREATE TRIGGER other INSTEAD OF DELETE ON plain BEGIN SELECT 1; END");
        var refused = await Assert.ThrowsAnyAsync<BulkException>(() => Engine.InsertAsync(Rows("name", 1), plain, cancellationToken: Stop));
        Assert.Contains("because it is a view", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Years_1_to_9999_are_stored_and_read_in_every_zone()
    {
        // The process's zone cannot be changed for one test: the texts are those at which a local zone would fall out of the calendar.
        await database.ExecuteAsync("DROP TABLE IF EXISTS years; CREATE TABLE years (id INTEGER PRIMARY KEY, at TIMESTAMP, instant TIMESTAMPTZ)");
        string[] texts = ["0001-01-01 00:00:00", "9999-12-31 23:59:59.9999999", "2024-03-31 02:30:00"];
        var table = await Engine.ReadTableAsync("years", Stop);
        await Engine.InsertAsync(RowSource.From(texts.Select((text, i) => new Dictionary<string, object?> { ["id"] = (long)i, ["at"] = text, ["instant"] = text + "+00:00" })), table, cancellationToken: Stop);
        Assert.Equal(texts.Select(t => $"{t}|{t}+00:00"), (await database.RunSqlite3Async("SELECT at, instant FROM years ORDER BY id")).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        var instants = await Engine.QueryAsync<DateTime>(Select(table.Column<DateTime>("instant")).From(table).OrderBy(table.Column<long>("id")), Stop);
        Assert.All(instants, time => Assert.Equal(DateTimeKind.Utc, time.Kind));
        Assert.Equal(texts, instants.Select(time => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(new DateTime(2024, 5, 1, 10, 0, 0, DateTimeKind.Utc), await Engine.ScalarAsync<DateTime>(Text($"SELECT '2024-05-01 12:00:00+02:00'"), Stop));
        Assert.Equal(DateTimeKind.Utc, (await Engine.ScalarAsync<DateTime>(Text($"SELECT '2024-05-01 12:00:00+02:00'"), Stop)).Kind);
    }

    [Fact]
    public async Task A_recursive_step_may_be_several_queries()
    {
        await database.ExecuteAsync("DROP TABLE IF EXISTS ways; CREATE TABLE ways (a INTEGER, b INTEGER); INSERT INTO ways VALUES (1, 2), (2, 3), (5, 4), (3, 5)");
        var w = await Engine.ReadTableAsync("ways", Stop);
        var (a, b) = (w.Column<long>("a"), w.Column<long>("b"));
        var reached = RecursiveCte("reached", new Column<long>("n", SqlType.BigInt))
            .StartWith(Select(Literal(1L).As("n")))
            .ThenUnion(self => Select(b).From(w).Join(self, a == self["n"].AsType<long>()).Union(Select(a).From(w).Join(self, b == self["n"].AsType<long>())));
        Assert.Equal([1L, 2, 3, 4, 5], await Engine.QueryAsync<long>(Select(reached["n"]).From(reached).OrderBy(Output("n")), Stop));
        var mixed = RecursiveCte("reached", new Column<long>("n", SqlType.BigInt))
            .StartWith(Select(Literal(1L).As("n")))
            .ThenUnionAll(self => Select(b).From(w).Join(self, a == self["n"].AsType<long>()).Union(Select(a).From(w)));
        await Assert.ThrowsAsync<BulkPlanException>(() => Engine.QueryAsync<long>(Select(mixed["n"]).From(mixed), Stop));
    }
}
