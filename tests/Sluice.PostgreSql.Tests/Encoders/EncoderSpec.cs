using Npgsql;
using NpgsqlTypes;
using Sluice.Rows;
using Sluice.Specification;

namespace Sluice.PostgreSql.Tests.Encoders;

/// <summary>Loads values and compares them, inside the server and byte for byte, with those that the driver stores for the same objects.</summary>
public abstract class EncoderSpec(TestPostgres database) : DatabaseSpec(database)
{
    protected TestPostgres Postgres => database;

    /// <summary>As <see cref="AssertRoundTripsAsync"/>, with NULL among the values.</summary>
    protected Task AssertValuesRoundTripAsync<T>(string type, IEnumerable<T> values, NpgsqlDbType? driverType = null, Func<T, T>? stored = null)
        where T : struct =>
        AssertRoundTripsAsync<T?>(type, [.. values.Select(v => (T?)v), null], driverType, v => v is null || stored is null ? v : stored(v.Value));

    /// <summary>Values are stored as the driver's parameters store them, from typed rows and from boxed ones, and the driver reads them back.</summary>
    protected async Task AssertRoundTripsAsync<T>(string type, IEnumerable<T> values, NpgsqlDbType? driverType = null, Func<T, T>? stored = null)
    {
        IReadOnlyList<T> all = [.. values];
        var table = await LoadAsync(type, all);
        var twin = await InsertByDriverAsync(type, all, v => v, "$2", driverType);
        await AssertSameBytesAsync(table, twin);
        Assert.Equal(stored is null ? all : all.Select(stored), await ReadAsync<T>(table));
        if (typeof(T).IsArray && Nullable.GetUnderlyingType(typeof(T).GetElementType()!) is not null)
            return;
        await AssertSameBytesAsync(await LoadBoxedAsync(type, all), twin);
    }

    /// <summary>Values are stored as the server reads their texts.</summary>
    protected async Task AssertReadAsTextAsync<T>(string type, IEnumerable<T> values, Func<T, string?> text, string? cast = null)
    {
        IReadOnlyList<T> all = [.. values];
        var twin = await InsertByDriverAsync(type, all, v => text(v), "$2::text::" + (cast ?? type), NpgsqlDbType.Text);
        await AssertSameBytesAsync(await LoadAsync(type, all), twin);
    }

    /// <summary>A value is refused with its row and column, and nothing is kept.</summary>
    protected async Task<BulkRowException> AssertRefusedAsync<T>(string type, IReadOnlyList<T> values, int row, string state)
    {
        var table = await CreateTableAsync(type);
        var failure = await Assert.ThrowsAsync<BulkRowException>(() => Engine.InsertAsync(Rows(values), table));
        AssertIs(failure, row, state);

        object?[][] boxed = [.. values.Select((v, i) => new object?[] { i + 1, v })];
        AssertIs(await Assert.ThrowsAsync<BulkRowException>(() => Engine.InsertAsync(RowSource.From(["id", "v"], boxed), table)), row, state);
        Assert.Equal(0, await Database.CountAsync(table.Name));
        return failure;
    }

    static void AssertIs(BulkRowException failure, int row, string state)
    {
        Assert.True((failure.RowNumber, failure.ColumnName, failure.SqlState) == (row, "v", state), $"{failure.SqlState}: {failure.Message}");
        Assert.StartsWith($"Row {row}, column 'v': ", failure.Message, StringComparison.Ordinal);
    }

    protected async Task<Table> LoadAsync<T>(string type, IReadOnlyList<T> values, string path = "binary COPY")
    {
        var table = await CreateTableAsync(type);
        Assert.Equal(path, (await Engine.PlanInsertAsync(Rows(values), table)).Path.Name);
        Assert.Equal(values.Count, (await Engine.InsertAsync(Rows(values), table)).Inserted);
        return table;
    }

    protected async Task<Table> LoadBoxedAsync<T>(string type, IReadOnlyList<T> values)
    {
        var table = await CreateTableAsync(type);
        object?[][] rows = [.. values.Select((v, i) => new object?[] { i + 1, v })];
        await Engine.InsertAsync(RowSource.From(["id", "v"], rows), table);
        return table;
    }

    protected static RowSource<Stored<T>> Rows<T>(IReadOnlyList<T> values) => RowSource.From(values.Select((v, i) => new Stored<T>(i + 1, v)));

    protected async Task<Table> CreateTableAsync(string type)
    {
        var name = Database.NewName("stored");
        await Database.ExecuteAsync($"CREATE TABLE {name} (id integer NOT NULL, v {type})");
        return await Engine.ReadTableAsync(name);
    }

    protected async Task<Table> InsertByDriverAsync<T>(string type, IReadOnlyList<T> values, Func<T, object?> convert, string expression, NpgsqlDbType? driverType)
    {
        var table = await CreateTableAsync(type);
        await using var connection = await database.Raw.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection);
        for (var i = 0; i < values.Count; i++)
        {
            var value = new NpgsqlParameter { Value = convert(values[i]) ?? DBNull.Value };
            if (driverType is { } known)
                value.NpgsqlDbType = known;
            batch.BatchCommands.Add(new NpgsqlBatchCommand($"INSERT INTO {table.Name} VALUES ($1, {expression})") { Parameters = { new() { Value = i + 1 }, value } });
        }
        await batch.ExecuteNonQueryAsync();
        return table;
    }

    protected async Task AssertSameBytesAsync(Table table, Table expected)
    {
        var send = await Database.ScalarAsync<string>(
            $"SELECT t.typsend::text FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid WHERE a.attrelid = '{table.Name}'::regclass AND a.attname = 'v'");
        // Functions of any enumeration do not take a domain over one.
        var (ours, theirs) = string.Equals(send, "enum_send", StringComparison.Ordinal) ? ("textsend(a.v::text)", "textsend(b.v::text)") : ($"{send}(a.v)", $"{send}(b.v)");
        var differences = await Database.QueryAsync(
            $"""
            SELECT concat('value ', coalesce(a.id, b.id), ' is ', coalesce(a.v::text, 'null'), ' and not ', coalesce(b.v::text, 'null'),
                          ', as bytes ', {ours}::text, ' and not ', {theirs}::text)
            FROM {table.Name} a FULL JOIN {expected.Name} b USING (id) WHERE {ours} IS DISTINCT FROM {theirs} OR a.id IS NULL OR b.id IS NULL LIMIT 5
            """);
        Assert.True(differences.Count == 0, string.Join('\n', differences.Select(d => d[0])));
    }

    protected async Task<IReadOnlyList<T>> ReadAsync<T>(Table table, string expression = "v")
    {
        await using var command = database.Raw.CreateCommand($"SELECT {expression} FROM {table.Name} ORDER BY id");
        await using var reader = await command.ExecuteReaderAsync();
        var values = new List<T>();
        while (await reader.ReadAsync())
            values.Add(await reader.IsDBNullAsync(0) ? default! : await reader.GetFieldValueAsync<T>(0));
        return values;
    }

    protected Task<string> PrintAsync(Table table) => database.RunPsqlAsync($"SELECT v FROM {table.Name} ORDER BY id");
}
