using Sluice.Rows;

namespace Sluice.Sqlite.Tests.Binders;

/// <summary>Statements of ten rows and of one: every row arrives, and the one at fault is named.</summary>
public sealed class StatementSizeSpec(TestSqlite database) : BinderSpec(database), IClassFixture<TestSqlite>
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(25)]
    [InlineData(100)]
    public async Task Every_row_arrives_whatever_their_number(int rows)
    {
        foreach (var chunk in (int[])[1, 7, 10, 1000])
        {
            var table = await CreateTableAsync("TEXT");
            string?[] values = [.. Enumerable.Range(1, rows).Select(i => i % 4 == 0 ? null : new string('x', i))];
            var result = await Engine.InsertAsync(Rows(values), table, options: new BulkOptions { ChunkSize = ChunkSize.Fixed(chunk) });
            Assert.Equal((rows, rows), (result.Read, result.Inserted));
            Assert.Equal(values, await ReadAsync<string?>(table));
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(9, 9)]
    [InlineData(10, 1)]
    [InlineData(10, 10)]
    [InlineData(11, 11)]
    [InlineData(25, 13)]
    [InlineData(25, 20)]
    [InlineData(25, 21)]
    [InlineData(25, 25)]
    public async Task The_row_that_breaks_a_constraint_is_named(int rows, int bad)
    {
        foreach (var chunk in (int[])[1, 7, 10, 1000])
        {
            var table = await CreateTableAsync("INTEGER CHECK (v < 1000)");
            var values = Enumerable.Range(1, rows).Select(i => i == bad ? 1000L : i);
            var failure = await Assert.ThrowsAsync<BulkRowException>(() => Engine.InsertAsync(Rows(values), table, options: new BulkOptions { ChunkSize = ChunkSize.Fixed(chunk) }));
            Assert.Equal((bad, "23514"), (failure.RowNumber, failure.SqlState));
            Assert.Equal(0, await Database.CountAsync(table.Name));
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(10, 4)]
    [InlineData(11, 11)]
    [InlineData(25, 17)]
    [InlineData(25, 23)]
    public async Task The_row_of_a_refused_value_is_named(int rows, int bad)
    {
        foreach (var chunk in (int[])[1, 7, 10, 1000])
        {
            var table = await CreateTableAsync("REAL");
            var values = Enumerable.Range(1, rows).Select(i => i == bad ? double.NaN : i);
            var failure = await Assert.ThrowsAsync<BulkRowException>(() => Engine.InsertAsync(Rows(values), table, options: new BulkOptions { ChunkSize = ChunkSize.Fixed(chunk) }));
            Assert.Equal((bad, "v", "22003"), (failure.RowNumber, failure.ColumnName, failure.SqlState));
            Assert.Equal(0, await Database.CountAsync(table.Name));
        }
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(7)]
    public async Task The_row_is_named_by_its_place_in_the_source_where_rows_are_sorted(int chunk)
    {
        for (var bad = 1; bad <= 25; bad++)
        {
            var checkedName = await CreateKeyedAsync("INTEGER CHECK (v < 1000)");
            var realName = await CreateKeyedAsync("REAL");
            var options = new BulkOptions { ChunkSize = ChunkSize.Fixed(chunk) };
            int[] keys = [.. Enumerable.Range(1, 25)];
            new Random(bad).Shuffle(keys);
            Stored<double>[] nan = [.. keys.Select((k, i) => new Stored<double>(k, i == bad - 1 ? double.NaN : 1))];
            Stored<long>[] large = [.. keys.Select((k, i) => new Stored<long>(k, i == bad - 1 ? 1000 : 1))];

            var refused = await Assert.ThrowsAsync<BulkRowException>(async () => await Engine.InsertAsync(RowSource.From(nan), await Engine.ReadTableAsync(realName), options: options));
            var broken = await Assert.ThrowsAsync<BulkRowException>(async () => await Engine.InsertAsync(RowSource.From(large), await Engine.ReadTableAsync(checkedName), options: options));

            Assert.Equal((bad, bad), (refused.RowNumber, broken.RowNumber));
        }
    }

    [Fact]
    public async Task The_second_row_of_a_key_is_the_one_at_fault()
    {
        var name = await CreateKeyedAsync("INTEGER");
        Stored<long>[] rows = [.. Enumerable.Range(1, 25).Reverse().Select(i => new Stored<long>(i, i)), new(13, 0)];
        var failure = await Assert.ThrowsAsync<BulkRowException>(async () => await Engine.InsertAsync(RowSource.From(rows), await Engine.ReadTableAsync(name)));
        Assert.Equal((26, "23505"), (failure.RowNumber, failure.SqlState));
    }

    async Task<string> CreateKeyedAsync(string type)
    {
        var name = Database.NewName("keyed");
        await Database.ExecuteAsync($"CREATE TABLE {name} (id INTEGER PRIMARY KEY, v {type})");
        return name;
    }
}
