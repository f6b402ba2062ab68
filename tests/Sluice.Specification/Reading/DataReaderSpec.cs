using System.Data;
using System.Data.Common;
using Sluice.Rows;
using Sluice.Specification.Databases;
using Sluice.Specification.Rows;
using static Sluice.Sql;

namespace Sluice.Specification.Reading;

/// <summary>A stream as a data reader.</summary>
public abstract class DataReaderSpec(TestDatabase database) : ReadingSpec(database)
{
    static readonly byte[] s_bytes = [1, 2, 3, 4];

    static Tick.TickTable T => Tick.Table;

    static SqlText Columns(int rows) => Text($"SELECT id, device, value, at, tag FROM ticks WHERE id <= {rows} ORDER BY id");

    static StreamOptions Batches(StreamMode mode = StreamMode.Auto, int yieldPer = 100) => new() { Mode = mode, YieldPer = yieldPer };

    static async Task<List<Tick>> TicksAsync(DbDataReader reader)
    {
        var ticks = new List<Tick>();
        while (await reader.ReadAsync(Stop))
            ticks.Add(new(reader.GetInt64(0), reader.GetInt32(1), reader.GetDouble(2), reader.GetFieldValue<DateTimeOffset>(3), reader.IsDBNull(4) ? null : reader.GetGuid(4)));
        return ticks;
    }

    [Theory]
    [InlineData(StreamMode.Auto, 1)]
    [InlineData(StreamMode.Cursor, 7)]
    [InlineData(StreamMode.Direct, 100)]
    [InlineData(StreamMode.Cursor, 1_250)]
    [InlineData(StreamMode.Auto, 10_000)]
    public async Task Rows_are_those_that_were_stored(StreamMode mode, int yieldPer)
    {
        await using var reader = await Engine.ExecuteReaderAsync(AllTicks, Batches(mode, yieldPer), Stop);

        Assert.Equal(Ticks, await TicksAsync(reader));
        Assert.False(await reader.ReadAsync(Stop));
        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task Names_types_and_values_of_a_text_are_those_of_the_raw_drivers_reader()
    {
        var raw = await Database.QueryAsync("SELECT id, device, value, at, tag FROM ticks WHERE id <= 250 ORDER BY id");
        await using var reader = await Engine.ExecuteReaderAsync(Columns(250), Batches(), Stop);

        Assert.Equal(["id", "device", "value", "at", "tag"], Enumerable.Range(0, reader.FieldCount).Select(reader.GetName));
        Assert.Equal(raw[0].Select(value => value!.GetType()), Enumerable.Range(0, reader.FieldCount).Select(reader.GetFieldType));
        Assert.Equal((3, 3), (reader.GetOrdinal("at"), reader.GetOrdinal("AT")));
        Assert.Throws<ArgumentOutOfRangeException>(() => reader.GetOrdinal("nothing"));
        Assert.Equal(raw, await reader.ReadRowsAsync());
    }

    [Fact]
    public async Task A_data_table_loads_it()
    {
        using var table = new DataTable();
        await using (var reader = await Engine.ExecuteReaderAsync(AllTicks, Batches(), Stop))
            table.Load(reader);

        Assert.Equal(
            [("id", typeof(long)), ("device", typeof(int)), ("value", typeof(double)), ("at", typeof(DateTimeOffset)), ("tag", typeof(Guid))],
            table.Columns.Cast<DataColumn>().Select(c => (c.ColumnName, c.DataType)));
        Assert.Equal(Ticks.Select(t => new[] { t.Id, t.Device, t.Value, t.At, (object?)t.Tag ?? DBNull.Value }), table.Rows.Cast<DataRow>().Select(r => r.ItemArray));
        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task Columns_and_types_are_there_without_rows()
    {
        using var table = new DataTable();
        await using var reader = await Engine.ExecuteReaderAsync(AllTicks.Where(T.Id < 0), cancellationToken: Stop);
        Assert.False(reader.HasRows);

        table.Load(reader);

        Assert.Equal([typeof(long), typeof(int), typeof(double), typeof(DateTimeOffset), typeof(Guid)], table.Columns.Cast<DataColumn>().Select(c => c.DataType));
        Assert.Equal(0, table.Rows.Count);
    }

    [Fact]
    public async Task Another_tables_insert_takes_it()
    {
        await Database.ExecuteAsync("DROP TABLE IF EXISTS copied_ticks");
        await Database.ExecuteAsync("CREATE TABLE copied_ticks AS SELECT * FROM ticks WHERE id < 0");
        await using (var reader = await Engine.ExecuteReaderAsync(AllTicks, Batches(), Stop))
            await Engine.InsertAsync(RowSource.From(reader), await Engine.ReadTableAsync("copied_ticks", Stop), cancellationToken: Stop);

        Assert.Equal(
            await Database.QueryAsync("SELECT id, device, value, at, tag FROM ticks ORDER BY id"),
            await Database.QueryAsync("SELECT id, device, value, at, tag FROM copied_ticks ORDER BY id"));
    }

    [Fact]
    public async Task Rows_are_read_without_awaiting_too()
    {
        await using var reader = await Engine.ExecuteReaderAsync(AllTicks, Batches(), Stop);
        var ids = new List<long>();
        await Task.Run(
            () =>
            {
                while (reader.Read())
                    ids.Add((long)reader["id"]);
                reader.Close();
            },
            Stop);

        Assert.Equal(Ticks.Select(t => t.Id), ids);
        Assert.True(reader.IsClosed);
    }

    [Fact]
    public async Task Values_come_as_another_type_where_nothing_is_lost()
    {
        var big = Text($"SELECT CAST(70000 AS bigint) AS n, CAST('2' AS text) AS t");
        await using var numbers = await Engine.ExecuteReaderAsync(big, cancellationToken: Stop);
        Assert.Throws<InvalidOperationException>(() => numbers.GetInt64(0));
        Assert.True(await numbers.ReadAsync(Stop));
        Assert.Equal((70_000, 70_000.0, 70_000m), (numbers.GetInt32(0), numbers.GetDouble(0), numbers.GetDecimal(0)));
        var lost = Assert.Throws<OverflowException>(() => numbers.GetInt16(0));
        Assert.Contains("'n'", lost.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidCastException>(() => numbers.GetInt32(1));
        Assert.Throws<InvalidCastException>(() => numbers.GetGuid(0));

        await using var ticks = await Engine.ExecuteReaderAsync(AllTicks, cancellationToken: Stop);
        Assert.True(await ticks.ReadAsync(Stop));
        Assert.Equal((Ticks[0].At.UtcDateTime, DateTimeKind.Utc), (ticks.GetDateTime(3), ticks.GetDateTime(3).Kind));
    }

    [Fact]
    public async Task A_null_is_DBNull_and_no_value_of_a_type_without_one()
    {
        await using var reader = await Engine.ExecuteReaderAsync(AllTicks.Where(T.Id == 3L), cancellationToken: Stop);
        Assert.True(await reader.ReadAsync(Stop));

        Assert.True(reader.IsDBNull(4));
        Assert.Equal(DBNull.Value, reader["tag"]);
        Assert.Null(reader.GetFieldValue<Guid?>(4));
        Assert.Throws<InvalidCastException>(() => reader.GetGuid(4));
    }

    [Fact]
    public async Task A_column_whose_first_values_are_null_has_the_type_of_the_first_value()
    {
        var query = Text($"SELECT CASE WHEN id > {5} THEN id END AS late, CASE WHEN id > {200} THEN id END AS later FROM ticks ORDER BY ticks.id");
        await using var reader = await Engine.ExecuteReaderAsync(query, Batches(), Stop);

        Assert.Equal([typeof(long), typeof(object)], [reader.GetFieldType(0), reader.GetFieldType(1)]);
        var sum = 0L;
        for (var i = 1; await reader.ReadAsync(Stop); i++)
            sum += (reader.IsDBNull(0) ? 0 : reader.GetInt32(0)) + (reader.IsDBNull(1) ? 0 : reader.GetInt32(1));
        Assert.Equal(Ticks.Sum(t => (t.Id > 5 ? t.Id : 0) + (t.Id > 200 ? t.Id : 0)), sum);
    }

    [Fact]
    public async Task Text_and_bytes_come_in_parts()
    {
        var query = Text($"SELECT 'a long text' AS t, {s_bytes} AS b").Returns(new Column<string>("t", SqlType.Text), new Column<byte[]>("b", SqlType.Bytes));
        await using var reader = await Engine.ExecuteReaderAsync(query, cancellationToken: Stop);
        Assert.True(await reader.ReadAsync(Stop));
        var (characters, bytes) = (new char[6], new byte[8]);

        Assert.Equal((11, 4), (reader.GetChars(0, 0, null, 0, 0), reader.GetBytes(1, 0, null, 0, 0)));
        Assert.Equal((4, "long"), (reader.GetChars(0, 2, characters, 1, 4), new string(characters, 1, 4)));
        Assert.Equal(3, reader.GetBytes(1, 1, bytes, 2, 6));
        Assert.Equal([0, 0, 2, 3, 4, 0, 0, 0], bytes);
        await using var stream = reader.GetStream(1);
        Assert.Equal(4, await stream.ReadAsync(bytes.AsMemory(), Stop));
        Assert.Equal("a long text", await reader.GetTextReader(0).ReadToEndAsync(Stop));
    }
}
