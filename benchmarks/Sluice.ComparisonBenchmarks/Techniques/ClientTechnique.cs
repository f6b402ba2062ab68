using Sluice.ComparisonBenchmarks.Measuring;
using Sluice.ComparisonBenchmarks.Rows;
using Sluice.ComparisonBenchmarks.Targets;

namespace Sluice.ComparisonBenchmarks.Techniques;

/// <summary>A technique of this process: connected and with its rows at hand before the clock starts.</summary>
public abstract class ClientTechnique<TTarget> : Technique
    where TTarget : Target
{
    /// <summary>Connects and does what an application does once; not timed.</summary>
    protected abstract Task OpenAsync(TTarget target, RowSet rows);

    /// <summary>Inserts all rows and commits; timed.</summary>
    protected abstract Task InsertAsync(RowSet rows);

    /// <summary>Disconnects; not timed.</summary>
    protected abstract Task CloseAsync();

    public sealed override async Task<Usage> MeasureAsync(Target target, RowSet rows)
    {
        await OpenAsync((TTarget)target, rows);
        try
        {
            return await Meter.MeasureAsync(() => InsertAsync(rows));
        }
        finally
        {
            await CloseAsync();
        }
    }
}
