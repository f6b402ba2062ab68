using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace Sluice.Sqlite.Tests;

[RowOf("tickets")]
public sealed partial class Ticket
{
    [Key, DatabaseGenerated(DatabaseGeneratedOption.Identity)]
    public long Id { get; set; }

    public string Name { get; set; } = "";
}

[RowOf("tickets", Schema = "aux")]
public sealed partial class AuxTicket
{
    [Key, DatabaseGenerated(DatabaseGeneratedOption.Identity)]
    public long Id { get; set; }

    public string Name { get; set; } = "";
}

/// <summary>The numbers that SQLite gives new rows, handed back: several rows go in one statement, which tells the last one's number only.</summary>
public sealed class NumberedRowTests(TestSqlite database) : IClassFixture<TestSqlite>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    async Task<IReadOnlyList<(string, long)>> InsertAsync(int count, int chunk = 37)
    {
        var rows = Enumerable.Range(0, count).Select(i => new Ticket { Name = $"n{i}" }).ToList();
        var returned = new List<(string, long)>();
        await foreach (var (row, id, action) in database.Engine.InsertReturningAsync(rows, Ticket.Table.Id, options: new() { ChunkSize = ChunkSize.Fixed(chunk) }, cancellationToken: Stop))
        {
            Assert.Equal(RowAction.Inserted, action);
            returned.Add((row.Name, id));
        }
        Assert.Equal(rows.Select(r => r.Name), returned.Select(r => r.Item1));
        return returned;
    }

    async Task AssertStoredAsync(IReadOnlyList<(string Name, long Id)> returned)
    {
        foreach (var (name, id) in returned)
            Assert.Equal(name, await database.ScalarAsync<string>($"SELECT name FROM tickets WHERE id = {id}"));
    }

    [Theory]
    [InlineData("INTEGER PRIMARY KEY")]
    [InlineData("INTEGER PRIMARY KEY AUTOINCREMENT")]
    public async Task Each_row_gets_its_own_number_after_gaps(string key)
    {
        await database.ExecuteAsync($"DROP TABLE IF EXISTS tickets; CREATE TABLE tickets (id {key}, name TEXT NOT NULL UNIQUE)");
        await database.ExecuteAsync("INSERT INTO tickets VALUES (3, 'a'), (1000, 'b'); DELETE FROM tickets WHERE id = 1000");
        var returned = await InsertAsync(205);
        await AssertStoredAsync(returned);
        Assert.Equal(206, await database.ScalarAsync<long>("SELECT count(*) FROM tickets"));
    }

    [Fact]
    public async Task Where_the_numbers_have_come_to_their_end_each_row_still_gets_its_own()
    {
        await database.ExecuteAsync("DROP TABLE IF EXISTS tickets; CREATE TABLE tickets (id INTEGER PRIMARY KEY, name TEXT NOT NULL)");
        await database.ExecuteAsync($"INSERT INTO tickets VALUES ({long.MaxValue}, 'last')");
        var returned = await InsertAsync(45);
        Assert.Equal(45, returned.Select(r => r.Item2).Distinct().Count());
        await AssertStoredAsync(returned);
    }

    [Fact]
    public async Task A_trigger_that_inserts_in_between_changes_no_row_s_number()
    {
        await database.ExecuteAsync("DROP TABLE IF EXISTS tickets; CREATE TABLE tickets (id INTEGER PRIMARY KEY, name TEXT NOT NULL)");
        await database.ExecuteAsync(
            "CREATE TRIGGER twice AFTER INSERT ON tickets WHEN NEW.name NOT LIKE 'copy%' BEGIN INSERT INTO tickets (name) VALUES ('copy of ' || NEW.name); END");
        await AssertStoredAsync(await InsertAsync(45));
        Assert.Equal(90, await database.ScalarAsync<long>("SELECT count(*) FROM tickets"));
    }

    [Fact]
    public async Task A_refused_row_is_named_and_nothing_is_kept()
    {
        await database.ExecuteAsync("DROP TABLE IF EXISTS tickets; CREATE TABLE tickets (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)");
        await database.ExecuteAsync("INSERT INTO tickets VALUES (1, 'n44')");
        var refused = await Assert.ThrowsAsync<BulkRowException>(() => InsertAsync(60, chunk: 40));
        Assert.Equal(45, refused.RowNumber);
        Assert.Equal(1, await database.ScalarAsync<long>("SELECT count(*) FROM tickets"));
    }

    [Theory]
    [InlineData("n0", "n1", "n2")]
    [InlineData("n1", "n1", "n1")]
    public async Task A_constraint_that_leaves_rows_out_changes_no_row_s_number(params string[] names)
    {
        await database.ExecuteAsync("DROP TABLE IF EXISTS tickets; CREATE TABLE tickets (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE ON CONFLICT IGNORE)");
        await database.ExecuteAsync("INSERT INTO tickets VALUES (1, 'n1')");
        var told = new List<(string, long, RowAction)>();
        await foreach (var (row, id, action) in database.Engine.InsertReturningAsync(names.Select(name => new Ticket { Name = name }), Ticket.Table.Id, cancellationToken: Stop))
            told.Add((row.Name, id, action));
        Assert.Equal(names, told.Select(t => t.Item1));
        foreach (var (name, id, action) in told)
        {
            Assert.Equal(name == "n1" ? RowAction.Skipped : RowAction.Inserted, action);
            if (action is RowAction.Inserted)
                Assert.Equal(id, await database.ScalarAsync<long>($"SELECT id FROM tickets WHERE name = '{name}'"));
        }
    }

    [Fact]
    public async Task Triggers_of_another_file_and_temporary_ones_are_seen()
    {
        var path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N") + ".db");
        await using var connection = new Microsoft.Data.Sqlite.SqliteConnection("Data Source=:memory:");
        await connection.OpenAsync(Stop);
        const string copy = "WHEN NEW.name NOT LIKE 'copy%' BEGIN INSERT INTO tickets (name) VALUES ('copy of ' || NEW.name); END";
        foreach (var sql in new[]
        {
            $"ATTACH '{path}' AS aux", "CREATE TABLE aux.tickets (id INTEGER PRIMARY KEY, name TEXT NOT NULL)", "CREATE TABLE tickets (id INTEGER PRIMARY KEY, name TEXT NOT NULL)",
            $"CREATE TRIGGER aux.copies AFTER INSERT ON tickets {copy}", $"CREATE TEMP TRIGGER main_copies AFTER INSERT ON main.tickets {copy}",
        })
        {
            await RunAsync(sql);
        }
        try
        {
            var attached = SqliteEngine.Attach(connection);
            Ticket[] here = [.. Enumerable.Range(0, 25).Select(i => new Ticket { Name = $"n{i}" })];
            await attached.InsertReturningAsync(here, Ticket.Table.Id, cancellationToken: Stop).WriteBackAsync((row, id) => row.Id = id);
            foreach (var row in here)
                Assert.Equal(row.Name, await RunAsync($"SELECT name FROM main.tickets WHERE id = {row.Id}"));
            AuxTicket[] there = [.. Enumerable.Range(0, 25).Select(i => new AuxTicket { Name = $"n{i}" })];
            await attached.InsertReturningAsync(there, AuxTicket.Table.Id, cancellationToken: Stop).WriteBackAsync((row, id) => row.Id = id);
            foreach (var row in there)
                Assert.Equal(row.Name, await RunAsync($"SELECT name FROM aux.tickets WHERE id = {row.Id}"));
        }
        finally
        {
            await connection.CloseAsync();
            File.Delete(path);
        }

        async Task<object?> RunAsync(string sql)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            return await command.ExecuteScalarAsync(Stop);
        }
    }
}
