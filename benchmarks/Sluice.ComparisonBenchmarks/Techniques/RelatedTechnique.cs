using Sluice.ComparisonBenchmarks.Measuring;
using Sluice.ComparisonBenchmarks.Rows;
using Sluice.ComparisonBenchmarks.Targets;

namespace Sluice.ComparisonBenchmarks.Techniques;

/// <summary>One way to read purchases with their items, connected before the clock starts.</summary>
public abstract class RelatedTechnique : Technique
{
    /// <summary>Connects; not timed.</summary>
    protected abstract Task OpenAsync(Target target);

    /// <summary>Reads so many purchases, the first ones, with their items; timed.</summary>
    protected abstract Task<IReadOnlyList<Purchase>> ReadAsync(int rows);

    /// <summary>Disconnects; not timed.</summary>
    protected abstract Task CloseAsync();

    public sealed override async Task<Usage> MeasureAsync(Target target, RowSet rows)
    {
        var expected = Enumerable.Range(0, rows.Count).Sum(Expected);
        await OpenAsync(target);
        try
        {
            IReadOnlyList<Purchase> read = [];
            var usage = await Meter.MeasureAsync(async () => read = await ReadAsync(rows.Count));
            var found = read.Sum(p => p.Digest());
            return found == expected ? usage : throw new InvalidOperationException($"'{Name}' read {read.Count} rows with the digest {found}, but {expected} is that of the rows in the tables.");
        }
        finally
        {
            await CloseAsync();
        }
    }

    static long Expected(int position)
    {
        var purchase = Purchase.Of(position);
        purchase.Items.AddRange(Enumerable.Range(0, Purchase.ItemsOfEach).Select(i => PurchaseItem.Of(position, i)));
        return purchase.Digest();
    }
}
