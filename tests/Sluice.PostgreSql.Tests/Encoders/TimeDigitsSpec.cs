using NpgsqlTypes;
using Sluice.Rows;

namespace Sluice.PostgreSql.Tests.Encoders;

/// <summary>Times with more digits than their column keeps.</summary>
public abstract class TimeDigitsSpec(TestPostgres database) : EncoderSpec(database)
{
    static readonly DateTime s_time = new(2024, 1, 1, 12, 0, 0, DateTimeKind.Unspecified);

    // Both sides of the time that the server counts from, and of every half.
    static readonly long[] s_ticks = [0, 1, 9, 10, 1_234_567, 1_239_000, 1_234_999, 1_235_000, 1_245_000, 9_999_999, 9_999_999_999, -1, -9, -1_234_567, -1_235_000, -9_999_999, 5_000_000];

    static IEnumerable<DateTime> Times => s_ticks.SelectMany(t => new[] { s_time.AddTicks(t), new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Unspecified).AddTicks(t), new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Unspecified).AddTicks(t) });

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Times_are_stored_with_the_digits_that_the_driver_stores(int digits)
    {
        await AssertStoredByDriverAsync($"timestamp({digits})", Times.ToList(), NpgsqlDbType.Timestamp);
        await AssertStoredByDriverAsync($"timestamptz({digits})", Times.Select(t => DateTime.SpecifyKind(t, DateTimeKind.Utc)).ToList(), NpgsqlDbType.TimestampTz);
        await AssertStoredByDriverAsync($"time({digits})", Times.Select(TimeOnly.FromDateTime).ToList(), NpgsqlDbType.Time);
        await AssertStoredByDriverAsync($"interval({digits})", s_ticks.Select(t => TimeSpan.FromTicks(t)).ToList(), NpgsqlDbType.Interval);
    }

    async Task AssertStoredByDriverAsync<T>(string type, IReadOnlyList<T> values, NpgsqlDbType driverType)
    {
        var twin = await InsertByDriverAsync(type, values, v => v, "$2", driverType);
        await AssertSameBytesAsync(await LoadAsync(type, values), twin);
        await AssertSameBytesAsync(await LoadBoxedAsync(type, values), twin);
        foreach (var path in (RowPath[])[RowPath.Automatic, RowPath.Arrays, RowPath.Staging])
        {
            if (path is RowPath.Arrays && !type.StartsWith("timestamp", StringComparison.Ordinal))
                continue;
            var table = await CreateTableAsync(type);
            await Database.ExecuteAsync($"ALTER TABLE {table.Name} ADD PRIMARY KEY (id)");
            table = await Engine.ReadTableAsync(table.Name);
            await Engine.UpsertAsync(Rows(values), table: table, options: new BulkOptions { Target = new() { Path = path } });
            await AssertSameBytesAsync(table, twin);
        }
    }

    [Fact]
    public async Task Keys_are_compared_with_the_digits_that_are_stored()
    {
        var table = await KeyTableAsync("timestamp");
        Assert.Equal(2, (await Assert.ThrowsAsync<BulkRowException>(() => Engine.UpsertAsync(Keys(s_time.AddTicks(1), s_time.AddTicks(9)), table: table))).RowNumber);
        var millisecond = await KeyTableAsync("timestamp(3)");
        await Assert.ThrowsAsync<BulkRowException>(() => Engine.UpsertAsync(Keys(s_time.AddTicks(1_239_000), s_time.AddTicks(1_240_000)), table: millisecond));
        Assert.Equal(0, await Database.CountAsync(millisecond.Name));
        Assert.Equal(2, (await Engine.UpsertAsync(Keys(s_time.AddTicks(1_239_000), s_time.AddTicks(1_230_000)), table: millisecond)).Inserted);
        Assert.Equal(1, (await Engine.UpsertAsync(Keys(s_time.AddTicks(1_239_000), s_time.AddTicks(1_240_000)), table: millisecond, options: new BulkOptions { Duplicates = Duplicates.KeepLast })).Updated);
    }

    [Theory]
    [InlineData(RowPath.Automatic)]
    [InlineData(RowPath.Arrays)]
    [InlineData(RowPath.Staging)]
    public async Task A_row_is_found_by_the_time_that_it_was_stored_with(RowPath path)
    {
        var options = new BulkOptions { Target = new() { Path = path } };
        var table = await KeyTableAsync("timestamp(3)");
        var key = s_time.AddTicks(1_239_000);
        await Engine.UpsertAsync(Keys(key), table: table, options: options);
        Assert.Equal(1, (await Engine.UpdateAsync(Keys(key), table: table, options: options)).Updated);
        Assert.Equal(1, (await Engine.DeleteAsync(Keys(key), table: table, options: options)).Deleted);
        Assert.Equal(0, await Database.CountAsync(table.Name));
    }

    [Theory]
    [InlineData("timestamp")]
    [InlineData("timestamp(3)")]
    [InlineData("timestamptz(0)")]
    [InlineData("time(3)")]
    [InlineData("interval(2)")]
    [InlineData("timetz(3)")]
    public async Task Exact_times_are_refused_where_a_digit_would_be_lost(string type)
    {
        var exact = new BulkOptions { Faults = new() { ExactTimes = true } };
        object At(long ticks) => type[..5] switch
        {
            "inter" => TimeSpan.FromTicks(ticks),
            "time(" => new TimeOnly(ticks),
            "timet" => new DateTimeOffset(s_time.AddTicks(ticks), TimeSpan.Zero),
            _ when type.Contains("tz", StringComparison.Ordinal) => DateTime.SpecifyKind(s_time.AddTicks(ticks), DateTimeKind.Utc),
            _ => s_time.AddTicks(ticks),
        };
        foreach (var path in (RowPath?[])[null, RowPath.Automatic, RowPath.Staging])
        {
            var table = await CreateTableAsync(type);
            await Database.ExecuteAsync($"ALTER TABLE {table.Name} ADD PRIMARY KEY (id)");
            table = await Engine.ReadTableAsync(table.Name);
            var rows = RowSource.From(["id", "v"], [new object?[] { 1, At(0) }, new object?[] { 2, At(1_234_567) }]);
            var failure = await Assert.ThrowsAsync<BulkRowException>(() => path is { } by ? Engine.UpsertAsync(rows, table: table, options: exact with { Target = new() { Path = by } }) : Engine.InsertAsync(rows, table, exact));
            Assert.True((failure.RowNumber, failure.ColumnName, failure.SqlState) == (2, "v", "22008"), failure.Message);
            Assert.Equal(0, await Database.CountAsync(table.Name));
            Assert.Equal(1, (await Engine.InsertAsync(RowSource.From(["id", "v"], [new object?[] { 1, At(0) }]), table, exact)).Inserted);
        }
    }

    [Fact]
    public async Task The_digits_of_another_table_are_not_cut()
    {
        var from = await LoadAsync("timestamp", [s_time.AddTicks(1_239_000)]);
        var to = await CreateTableAsync("timestamp(3)");
        await using var rows = await Engine.OpenRowsAsync(from);
        var failure = await Assert.ThrowsAsync<BulkRowException>(() => Engine.InsertAsync(rows, to));
        Assert.Equal((1, "v", "22008"), ((int)failure.RowNumber!, failure.ColumnName, failure.SqlState));
        Assert.Equal(0, await Database.CountAsync(to.Name));
    }

    async Task<Sluice.Table> KeyTableAsync(string type)
    {
        var name = Database.NewName("keyed");
        await Database.ExecuteAsync($"CREATE TABLE {name} (v {type} PRIMARY KEY, id integer)");
        return await Engine.ReadTableAsync(name);
    }

    static RowSource<Stored<DateTime>> Keys(params DateTime[] keys) => RowSource.From(keys.Select((k, i) => new Stored<DateTime>(i, k)));
}
