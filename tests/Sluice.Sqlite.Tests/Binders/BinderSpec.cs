using Microsoft.Data.Sqlite;
using Sluice.Rows;

namespace Sluice.Sqlite.Tests.Binders;

/// <summary>Loads values and compares storage class and bytes with what Microsoft.Data.Sqlite stores for the same objects.</summary>
public abstract class BinderSpec(TestSqlite database)
{
    protected TestSqlite Database => database;

    protected Engine Engine => database.Engine;

    /// <summary>As <see cref="AssertStoredAlikeAsync"/>, with NULL among the values.</summary>
    protected Task AssertValuesStoredAlikeAsync<T>(string type, IEnumerable<T> values, string options = "", bool readsBack = true)
        where T : struct => AssertStoredAlikeAsync<T?>(type, [.. values.Select(v => (T?)v), null], options, readsBack);

    /// <summary>Typed and boxed rows are stored as the driver's parameters are, and the driver's getter gives the same objects.</summary>
    protected async Task AssertStoredAlikeAsync<T>(string type, IReadOnlyList<T> values, string options = "", bool readsBack = true)
    {
        var table = await CreateTableAsync(type, options);
        Assert.Equal(values.Count, (await Engine.InsertAsync(Rows(values), table)).Inserted);
        var boxed = await CreateTableAsync(type, options);
        object?[][] objects = [.. values.Select((v, i) => new object?[] { i + 1, v })];
        await Engine.InsertAsync(RowSource.From(["id", "v"], objects), boxed);

        var twin = await InsertByDriverAsync(type, values, options);
        await AssertSameBytesAsync(table, twin);
        await AssertSameBytesAsync(boxed, twin);
        if (readsBack)
            Assert.Equal(values, await ReadAsync<T>(table));
    }

    /// <summary>A value is refused with its row and column, and nothing is kept.</summary>
    protected async Task<BulkRowException> AssertRefusedAsync<T>(string type, IReadOnlyList<T> values, string state = "22000", string options = "")
    {
        var table = await CreateTableAsync(type, options);
        object?[][] rows = [.. values.Select((v, i) => new object?[] { i + 1, v })];
        var failure = await Assert.ThrowsAsync<BulkRowException>(() => Engine.InsertAsync(RowSource.From(["id", "v"], rows), table));
        Assert.True((failure.RowNumber, failure.ColumnName, failure.SqlState) == (values.Count, "v", state), $"{type}: {failure.SqlState}: {failure.Message}");
        Assert.StartsWith($"Row {values.Count}, column 'v': ", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, await Database.CountAsync(table.Name));
        return failure;
    }

    protected static RowSource<Stored<T>> Rows<T>(IEnumerable<T> values) => RowSource.From(values.Select((v, i) => new Stored<T>(i + 1, v)));

    protected async Task<Table> CreateTableAsync(string type, string options = "")
    {
        var name = Database.NewName("stored");
        await Database.ExecuteAsync($"CREATE TABLE {name} (id INTEGER NOT NULL, v {type}){options}");
        return await Engine.ReadTableAsync(name);
    }

    protected async Task<Table> InsertByDriverAsync<T>(string type, IReadOnlyList<T> values, string options = "")
    {
        var table = await CreateTableAsync(type, options);
        await using var connection = await Database.OpenAsync();
        await using var transaction = connection.BeginTransaction();
        await using var command = connection.CreateCommand();
        command.CommandText = $"INSERT INTO {table.Name} VALUES ($id, $v)";
        for (var i = 0; i < values.Count; i++)
        {
            command.Parameters.Clear();
            command.Parameters.Add(new SqliteParameter("$id", i + 1));
            command.Parameters.Add(new SqliteParameter("$v", (object?)values[i] ?? DBNull.Value));
            await command.ExecuteNonQueryAsync();
        }
        await transaction.CommitAsync();
        return table;
    }

    protected async Task AssertSameBytesAsync(Table table, Table expected)
    {
        var stored = await StoredAsync(table);
        var wanted = await StoredAsync(expected);
        Assert.Equal(wanted.Count, stored.Count);
        for (var i = 0; i < wanted.Count; i++)
            Assert.Equal(wanted[i], stored[i]);
    }

    // The blob of a text is its bytes; a number prints with all its digits.
    protected async Task<IReadOnlyList<string>> StoredAsync(Table table) =>
        [.. (await Database.QueryAsync($"SELECT concat(id, ' ', typeof(v), ' ', CASE typeof(v) WHEN 'real' THEN printf('%!.20g', v) ELSE hex(v) END) FROM {table.Name} ORDER BY id")).Select(r => (string)r[0]!)];

    protected async Task<IReadOnlyList<T>> ReadAsync<T>(Table table)
    {
        await using var connection = await Database.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT v FROM {table.Name} ORDER BY id";
        await using var reader = await command.ExecuteReaderAsync();
        var values = new List<T>();
        while (await reader.ReadAsync())
            values.Add(reader.IsDBNull(0) ? default! : reader.GetFieldValue<T>(0));
        return values;
    }
}
