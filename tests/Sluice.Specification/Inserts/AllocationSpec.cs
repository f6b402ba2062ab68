using Sluice.Specification.Databases;
using Sluice.Specification.Rows;

namespace Sluice.Specification.Inserts;

/// <summary>The allocation budget of a load, counted over all threads: run it alone.</summary>
public abstract class AllocationSpec(TestDatabase database) : DatabaseSpec(database)
{
    const int Count = 1_000_000;

    [Theory]
    [InlineData(RowOrder.AsGiven)]
    [InlineData(RowOrder.ByKey)]
    public async Task A_warm_load_of_struct_rows_allocates_less_than_a_byte_a_row(RowOrder order)
    {
        var at = DateTimeOffset.UnixEpoch;
        Tick[] rows = [.. Enumerable.Range(0, Count).Select(i => new Tick(i, i % 100, i / 8.0, at.AddSeconds(i), i % 3 == 0 ? null : new Guid(i, 1, 2, new byte[8])))];
        await Engine.CreateTableAsync(Tick.Table);
        await MeasureAsync(rows, order);

        // What else the process allocates only ever adds.
        var least = Math.Min(await MeasureAsync(rows, order), await MeasureAsync(rows, order));

        Assert.True(least < Count, $"{least:N0} bytes were allocated for {Count:N0} rows.");
    }

    async Task<long> MeasureAsync(Tick[] rows, RowOrder order)
    {
        await Database.ExecuteAsync("DELETE FROM ticks");
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var result = await Engine.InsertAsync(rows, options: new BulkOptions { Order = order });
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        Assert.Equal(Count, result.Inserted);
        Assert.Equal(Count, await Database.CountAsync("ticks"));
        return allocated;
    }
}
