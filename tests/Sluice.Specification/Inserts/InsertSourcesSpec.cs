using System.Data;
using System.Threading.Channels;
using Sluice.Rows;
using Sluice.Specification.Databases;
using Sluice.Specification.Rows;

namespace Sluice.Specification.Inserts;

/// <summary>Whatever rows come in, the same rows are in the table.</summary>
public abstract class InsertSourcesSpec(TestDatabase database) : InsertSpec(database)
{
    static readonly string[] s_columns = ["id", "code", "amount", "note"];

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(47)]
    public async Task A_sequence_is_stored_whole_in_chunks_that_fit_or_do_not(int count)
    {
        var table = await CreateTableAsync();

        var result = await InsertAsync(table, Measurement.Rows(count), SmallChunks);

        await AssertHoldsAsync(table, Measurement.Rows(count));
        Assert.Equal((count, count, (count + 9) / 10), (result.Read, result.Inserted, result.Chunks));
        Assert.True(result.IsBalanced);
    }

    [Fact]
    public async Task The_database_s_own_client_prints_the_rows_as_they_were_given()
    {
        var table = await CreateTableAsync();

        await InsertAsync(table, [new Measurement(1, "plain"), new Measurement(2, "ä€😀 'quoted' \"twice\"", 0.25, ""), new Measurement(3, "c", -1.5e300, "note")]);

        Assert.Equal(
            ["1|plain||", "2|ä€😀 'quoted' \"twice\"|0.25|", "3|c|-1.5e+300|note"],
            (await Database.RunClientAsync($"SELECT id, code, amount, note FROM {table.Name} ORDER BY id")).Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task An_asynchronous_sequence_is_stored_whole()
    {
        var table = await CreateTableAsync();

        await InsertAsync(table, RowSource.From(Slowly(Measurement.Rows(47))), SmallChunks);

        await AssertHoldsAsync(table, Measurement.Rows(47));
    }

    [Fact]
    public async Task A_channel_is_read_until_it_is_completed()
    {
        var table = await CreateTableAsync();
        var channel = Channel.CreateBounded<Measurement>(3);

        var writing = WriteAsync();
        await InsertAsync(table, RowSource.From(channel.Reader), SmallChunks);
        await writing;

        await AssertHoldsAsync(table, Measurement.Rows(47));

        async Task WriteAsync()
        {
            foreach (var row in Measurement.Rows(47))
                await channel.Writer.WriteAsync(row);
            channel.Writer.Complete();
        }
    }

    [Fact]
    public async Task A_data_reader_fills_the_columns_of_its_names()
    {
        var table = await CreateTableAsync();
        using var rows = new DataTable();
        rows.Columns.Add("note", typeof(string));
        rows.Columns.Add("code", typeof(string));
        rows.Columns.Add("id", typeof(long));
        rows.Columns.Add("amount", typeof(double));
        foreach (var row in Measurement.Rows(47))
            rows.Rows.Add(row.Note, row.Code, row.Id, row.Amount);

        await InsertAsync(table, RowSource.From(rows.CreateDataReader()), SmallChunks);

        await AssertHoldsAsync(table, Measurement.Rows(47));
    }

    [Fact]
    public async Task Dictionaries_are_stored_by_their_keys()
    {
        var table = await CreateTableAsync();
        var rows = Measurement.Rows(47).Select(row => (IReadOnlyDictionary<string, object?>)s_columns.Zip(row.Values).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal));

        await InsertAsync(table, RowSource.From(rows), SmallChunks);

        await AssertHoldsAsync(table, Measurement.Rows(47));
    }

    [Fact]
    public async Task A_dictionary_with_other_keys_than_the_first_is_refused_by_its_number()
    {
        var table = await CreateTableAsync();
        IReadOnlyDictionary<string, object?>[] rows =
        [
            new Dictionary<string, object?> { ["id"] = 1L, ["code"] = "a" },
            new Dictionary<string, object?> { ["id"] = 2L, ["kode"] = "b" },
        ];

        var failure = await Assert.ThrowsAsync<BulkRowException>(() => InsertAsync(table, RowSource.From(rows)));

        Assert.Equal(2, failure.RowNumber);
        Assert.Contains("'code'", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, await Database.CountAsync(table.Name));
    }

    [Fact]
    public async Task Lists_of_values_are_stored_in_the_order_of_the_columns_named()
    {
        var table = await CreateTableAsync();

        await InsertAsync(table, RowSource.From(["code", "id"], [["first", 1], ["second", 2L]]));

        Assert.Equal([[1L, "first", null, "none"], [2L, "second", null, "none"]], await RowsOfAsync(table));
    }

    [Fact]
    public async Task A_list_of_too_few_values_is_refused_by_its_number()
    {
        var table = await CreateTableAsync();

        var failure = await Assert.ThrowsAsync<BulkRowException>(() => InsertAsync(table, RowSource.From(["id", "code"], [[1L, "first"], [2L]])));

        Assert.Equal(2, failure.RowNumber);
        Assert.Equal(0, await Database.CountAsync(table.Name));
    }

    [Fact]
    public async Task A_source_is_enumerated_once_and_disposed()
    {
        var table = await CreateTableAsync();
        var rows = new CountedRows(Measurement.Rows(47));

        await InsertAsync(table, rows, SmallChunks);

        Assert.Equal((1, 1), (rows.Enumerations, rows.Disposals));
        await AssertHoldsAsync(table, Measurement.Rows(47));
    }

    [Fact]
    public async Task An_empty_source_sends_nothing()
    {
        var table = await CreateTableAsync();

        var result = await InsertAsync(table, Array.Empty<Measurement>());

        Assert.Equal((0L, 0L, 0, 0, 0L), (result.Read, result.Inserted, result.Chunks, result.Commits, result.Bytes));
        Assert.True(result.IsBalanced);
        Assert.Equal(0, await Database.CountAsync(table.Name));
    }

    static async IAsyncEnumerable<Measurement> Slowly(IEnumerable<Measurement> rows)
    {
        foreach (var row in rows)
        {
            if (row.Id % 7 == 0)
                await Task.Yield();
            yield return row;
        }
    }
}
