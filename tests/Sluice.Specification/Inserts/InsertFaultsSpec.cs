using Sluice.Rows;
using Sluice.Specification.Databases;
using Sluice.Specification.Rows;

namespace Sluice.Specification.Inserts;

/// <summary>What stays when a load fails, what the error says, and that everything works as before.</summary>
public abstract class InsertFaultsSpec(TestDatabase database) : InsertSpec(database)
{
    [Fact]
    public async Task A_row_that_the_database_refuses_takes_an_atomic_load_with_it()
    {
        var table = await CreateTableAsync();
        await InsertAsync(table, Measurement.Rows(1, from: 35));

        var failure = await Assert.ThrowsAsync<BulkRowException>(() => InsertAsync(table, Measurement.Rows(47), SmallChunks));

        await AssertHoldsAsync(table, Measurement.Rows(1, from: 35));
        Assert.Equal(0, failure.RowsKept);
        Assert.Contains("nothing was kept", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"({failure.Code})", failure.Message, StringComparison.Ordinal);
        await AssertStillWorksAsync(table);
    }

    [Fact]
    public async Task A_row_that_the_database_refuses_leaves_the_chunks_committed_before_it()
    {
        var table = await CreateTableAsync();
        await InsertAsync(table, Measurement.Rows(1, from: 35));

        var failure = await Assert.ThrowsAsync<BulkRowException>(() => InsertAsync(table, Measurement.Rows(47), SmallCommits with { Order = RowOrder.AsGiven }));

        await AssertHoldsAsync(table, [.. Measurement.Rows(30), Measurement.Row(35)]);
        Assert.Equal(30, failure.RowsKept);
        Assert.Contains("30 rows had been committed and were kept", failure.Message, StringComparison.Ordinal);
        await AssertStillWorksAsync(table);
    }

    [Fact]
    public async Task Two_rows_of_one_key_in_one_load_are_refused()
    {
        var table = await CreateTableAsync();

        var failure = await Assert.ThrowsAsync<BulkRowException>(() => InsertAsync(table, [.. Measurement.Rows(9), Measurement.Row(4)]));

        Assert.Equal(0, await Database.CountAsync(table.Name));
        Assert.Contains(Assert.IsType<string>(failure.ConstraintName), failure.Message, StringComparison.Ordinal);
        await AssertStillWorksAsync(table);
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 30)]
    public async Task A_value_that_its_encoder_refuses_is_told_by_row_and_column(bool isAtomic, int kept)
    {
        var commit = isAtomic ? CommitPolicy.Atomic : CommitPolicy.PerChunk;
        var table = await CreateTableAsync();
        var rows = Measurement.Rows(47).Select(row => row.Id == 35 ? row with { Code = null! } : row);

        var failure = await Assert.ThrowsAsync<BulkRowException>(
            () => InsertAsync(table, rows, SmallChunks with { Commit = commit, Order = RowOrder.AsGiven }));

        Assert.Equal((35, "code", kept), (failure.RowNumber, failure.ColumnName, failure.RowsKept));
        Assert.StartsWith("Row 35, column 'code': ", failure.Message, StringComparison.Ordinal);
        await AssertHoldsAsync(table, Measurement.Rows(kept));
        await AssertStillWorksAsync(table);
    }

    [Fact]
    public async Task A_value_of_the_wrong_type_is_told_by_row_and_column_and_not_shown_unasked()
    {
        var table = await CreateTableAsync();
        object?[][] rows = [[1L, "a", 1.5], [2L, "b", "a secret"]];

        var silent = await Assert.ThrowsAsync<BulkRowException>(() => InsertAsync(table, RowSource.From(["id", "code", "amount"], rows)));
        var open = await Assert.ThrowsAsync<BulkRowException>(
            () => InsertAsync(table, RowSource.From(["id", "code", "amount"], rows), new BulkOptions { IncludeValues = true }));

        Assert.Equal((2, "amount"), (silent.RowNumber, silent.ColumnName));
        Assert.DoesNotContain("secret", silent.Message, StringComparison.Ordinal);
        Assert.Contains("a secret", open.Message, StringComparison.Ordinal);
        Assert.Equal(0, await Database.CountAsync(table.Name));
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 20)]
    public async Task A_source_that_throws_midway_leaves_the_table_as_it_was(bool isAtomic, int committed)
    {
        var commit = isAtomic ? CommitPolicy.Atomic : CommitPolicy.PerChunk;
        var table = await CreateTableAsync();

        var failure = await Assert.ThrowsAsync<BulkException>(
            () => InsertAsync(table, FailingAfter(25), SmallChunks with { Commit = commit, Order = RowOrder.AsGiven }));

        Assert.Equal(("SLU0329", committed), (failure.Code, failure.RowsKept));
        Assert.Equal("the source ends in a fault", Assert.IsType<InvalidDataException>(failure.InnerException).Message);
        Assert.Contains("25 rows had been read; ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(committed == 0 ? "nothing was kept" : "20 rows had been committed and were kept", failure.Message, StringComparison.Ordinal);
        Assert.Equal(committed, await Database.CountAsync(table.Name));
        await AssertStillWorksAsync(table);
    }

    [Fact]
    public async Task A_source_that_throws_at_its_first_row_leaves_the_table_as_it_was()
    {
        var table = await CreateTableAsync();

        var failure = await Assert.ThrowsAsync<BulkException>(() => InsertAsync(table, FailingAfter(0)));
        Assert.IsType<InvalidDataException>(failure.InnerException);

        Assert.Equal(0, await Database.CountAsync(table.Name));
        await AssertStillWorksAsync(table);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(25)]
    [InlineData(47)]
    public async Task A_cancelled_load_leaves_the_table_as_it_was(int rowsBefore)
    {
        var table = await CreateTableAsync();
        using var cancellation = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => InsertAsync(table, CancellingAfter(rowsBefore), SmallChunks, cancellation.Token));

        Assert.Equal(0, await Database.CountAsync(table.Name));
        await AssertStillWorksAsync(table);

        IEnumerable<Measurement> CancellingAfter(int count)
        {
            foreach (var row in Measurement.Rows(count))
                yield return row;
            cancellation.Cancel();
            foreach (var row in Measurement.Rows(100, from: count + 1))
                yield return row;
        }
    }

    [Fact]
    public async Task A_cancelled_load_tells_the_chunks_that_were_committed()
    {
        var table = await CreateTableAsync();
        using var cancellation = new CancellationTokenSource();

        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => InsertAsync(table, CancellingAfter(25), SmallCommits with { Order = RowOrder.AsGiven }, cancellation.Token));

        var kept = await Database.CountAsync(table.Name);
        Assert.InRange(kept, 10, 20);
        Assert.Contains($"{kept} rows had been committed and were kept", cancelled.Message, StringComparison.Ordinal);
        Assert.Equal(cancellation.Token, cancelled.CancellationToken);
        await AssertHoldsAsync(table, Measurement.Rows((int)kept));
        await AssertStillWorksAsync(table);

        IEnumerable<Measurement> CancellingAfter(int count)
        {
            foreach (var row in Measurement.Rows(100))
            {
                if (row.Id > count)
                    cancellation.Cancel();
                yield return row;
            }
        }
    }

    sealed class Sour : Exception;

    sealed record Moody(long Id)
    {
        public string Code { get => Id == 25 ? throw new Sour() : "c"; init => _ = value; }
    }

    [Fact]
    public async Task A_row_that_throws_when_it_is_read_is_the_source_s_fault()
    {
        var table = await CreateTableAsync();

        var failure = await Assert.ThrowsAsync<BulkException>(
            () =>
                Engine.InsertAsync(RowSource.From(Enumerable.Range(1, 40).Select(i => new Moody(i))), table, SmallCommits,
                    cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal("SLU0329", failure.Code);
        Assert.IsType<Sour>(failure.InnerException);
        Assert.Equal(await Database.CountAsync(table.Name), failure.RowsKept);
        await AssertStillWorksAsync(table);
    }

    [Fact]
    public async Task A_token_cancelled_beforehand_reads_no_row()
    {
        var table = await CreateTableAsync();
        var rows = new CountedRows(Measurement.Rows(3));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => InsertAsync(table, rows, options: null, new CancellationToken(canceled: true)));

        Assert.Equal(0, rows.Enumerations);
        Assert.Equal(0, await Database.CountAsync(table.Name));
    }

    [Fact]
    public async Task Many_failed_loads_exhaust_no_pool()
    {
        var table = await CreateTableAsync();
        for (var i = 0; i < 120; i++)
            await Assert.ThrowsAsync<BulkException>(() => InsertAsync(table, FailingAfter(25), SmallChunks));

        await AssertStillWorksAsync(table);
    }

    static IEnumerable<Measurement> FailingAfter(int count)
    {
        foreach (var row in Measurement.Rows(count))
            yield return row;
        throw new InvalidDataException("the source ends in a fault");
    }
}
