using Sluice.ComparisonBenchmarks.Measuring;
using Sluice.ComparisonBenchmarks.Rows;
using Sluice.ComparisonBenchmarks.Targets;

namespace Sluice.ComparisonBenchmarks.Techniques;

/// <summary>One way to read the rows of a full table, connected before the clock starts.</summary>
public abstract class ReadTechnique : Technique
{
    protected const string Select = "SELECT device_id, ts, value, status, label, updated_at FROM metrics";

    /// <summary>Connects; not timed.</summary>
    protected abstract Task OpenAsync(Target target);

    /// <summary>Reads so many rows and adds their digests; timed.</summary>
    protected abstract Task<long> ReadAsync(int rows);

    /// <summary>Disconnects; not timed.</summary>
    protected abstract Task CloseAsync();

    public sealed override async Task<Usage> MeasureAsync(Target target, RowSet rows)
    {
        var expected = rows.Stream().Aggregate(0L, static (sum, row) => sum + row.Digest());
        await OpenAsync(target);
        try
        {
            var found = 0L;
            var usage = await Meter.MeasureAsync(async () => found = await ReadAsync(rows.Count));
            return found == expected ? usage : throw new InvalidOperationException($"'{Name}' read rows with the digest {found}, but {expected} is that of the rows in the table.");
        }
        finally
        {
            await CloseAsync();
        }
    }
}
