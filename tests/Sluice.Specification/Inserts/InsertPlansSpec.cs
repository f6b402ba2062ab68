using Sluice.Rows;
using Sluice.Specification.Databases;
using Sluice.Specification.Rows;

namespace Sluice.Specification.Inserts;

/// <summary>How rows and table are fitted together, and in what order rows reach it.</summary>
public abstract class InsertPlansSpec(TestDatabase database) : InsertSpec(database)
{
    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 5)]
    public async Task Commits_are_counted_as_the_policy_says(bool isAtomic, int commits)
    {
        var commit = isAtomic ? CommitPolicy.Atomic : CommitPolicy.PerChunk;
        var table = await CreateTableAsync();

        var result = await InsertAsync(table, Measurement.Rows(47), SmallChunks with { Commit = commit });

        Assert.Equal((47L, 47L, 5, commits), (result.Read, result.Inserted, result.Chunks, result.Commits));
        Assert.True(result.IsBalanced);
        await AssertHoldsAsync(table, Measurement.Rows(47));
    }

    [Theory]
    [InlineData(RowOrder.ByKey)]
    [InlineData(RowOrder.AsGiven)]
    public async Task Rows_in_any_order_are_stored_the_same(RowOrder order)
    {
        var table = await CreateTableAsync();
        Measurement[] shuffled = [.. Measurement.Rows(200)];
        new Random(20_261).Shuffle(shuffled);

        var result = await InsertAsync(table, shuffled, SmallChunks with { Order = order });

        Assert.Equal(200, result.Inserted);
        await AssertHoldsAsync(table, Measurement.Rows(200));
    }

    [Fact]
    public async Task A_null_is_stored_where_the_column_has_a_default()
    {
        var table = await CreateTableAsync();

        await InsertAsync(table, [new Measurement(1, "a")]);

        Assert.Equal([[1L, "a", null, null]], await RowsOfAsync(table));
    }

    [Fact]
    public async Task A_column_that_the_rows_leave_out_gets_its_default()
    {
        var table = await CreateTableAsync();

        await InsertAsync(table, RowSource.From(["id", "code"], [[1L, "a"]]));

        Assert.Equal([[1L, "a", null, "none"]], await RowsOfAsync(table));
    }

    [Fact]
    public async Task Progress_ends_at_the_result()
    {
        var table = await CreateTableAsync();
        var seen = new List<BulkProgress>();

        var result = await InsertAsync(table, Measurement.Rows(47), SmallChunks with { Progress = new Recorder(seen) });

        Assert.Equal([10, 20, 30, 40, 47], seen.Select(p => p.Sent));
        Assert.Equal(result.Bytes, seen[^1].Bytes);
    }

    [Fact]
    public async Task An_unknown_table_is_refused_with_the_closest_name()
    {
        var table = await CreateTableAsync();
        var wrong = new Table(table.Name + "s", null, table.Columns, [0]);

        var failure = await Assert.ThrowsAsync<BulkPlanException>(() => InsertAsync(wrong, Measurement.Rows(1)));

        Assert.Equal("SLU0102", failure.Code);
        Assert.Contains($"'{table.Name}s'", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"'{table.Name}'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_unknown_column_is_listed_with_the_closest_name()
    {
        var table = await CreateTableAsync();

        var failure = await Assert.ThrowsAsync<BulkPlanException>(() => InsertAsync(table, RowSource.From(["id", "kode", "amuont"], [[1L, "a", 2.0]])));

        Assert.Equal("SLU0103", failure.Code);
        Assert.Contains("'kode' (closest: 'code')", failure.Message, StringComparison.Ordinal);
        Assert.Contains("'amuont' (closest: 'amount')", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, await Database.CountAsync(table.Name));
    }

    [Fact]
    public async Task A_column_that_needs_a_value_and_gets_none_is_named()
    {
        var table = await CreateTableAsync();

        var failure = await Assert.ThrowsAsync<BulkPlanException>(() => InsertAsync(table, RowSource.From(["id", "amount"], [[1L, 2.0]])));

        Assert.Equal("SLU0105", failure.Code);
        Assert.Contains("'code'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_whose_name_is_an_attack_is_loaded_like_any_other()
    {
        var name = Database.NewName("x\"; DROP TABLE readings; --");
        var quoted = $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        await Database.ExecuteAsync($"CREATE TABLE {quoted} (\"id\"\"\" bigint PRIMARY KEY)");
        var table = await Engine.ReadTableAsync(name);

        await InsertAsync(table, RowSource.From(["id\""], [[1L], [2L]]));

        Assert.Equal(2, await Database.CountAsync(quoted));
    }

    [Fact]
    public async Task A_plan_reads_no_row_and_prints_itself()
    {
        var table = await CreateTableAsync();
        var rows = new CountedRows(Measurement.Rows(3));

        var plan = await Engine.PlanInsertAsync(RowSource.From(rows), table);

        Assert.Equal(0, rows.Enumerations);
        Assert.Contains(table.Name, plan.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await Database.CountAsync(table.Name));
    }

    sealed class Recorder(List<BulkProgress> seen) : IProgress<BulkProgress>
    {
        public void Report(BulkProgress value) => seen.Add(value);
    }
}
