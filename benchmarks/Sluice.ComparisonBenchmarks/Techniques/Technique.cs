using Sluice.ComparisonBenchmarks.Measuring;
using Sluice.ComparisonBenchmarks.Rows;
using Sluice.ComparisonBenchmarks.Targets;

namespace Sluice.ComparisonBenchmarks.Techniques;

/// <summary>One way to bring rows into a database.</summary>
public abstract class Technique
{
    /// <summary>The name in results, as --only takes it.</summary>
    public abstract string Name { get; }

    /// <summary>The most rows that a run of this technique is worth waiting for; its rate is scaled from them.</summary>
    public virtual int MostRows => int.MaxValue;

    /// <summary>The most runs that this technique is worth.</summary>
    public virtual int MostRuns => int.MaxValue;

    /// <summary>Whether rows come in random order.</summary>
    public virtual bool IsShuffled => false;

    /// <summary>Whether the client runs in this process, so that it is warmed for warm runs and gets a process of its own for cold ones.</summary>
    public virtual bool IsInProcess => true;

    /// <summary>Makes what every run needs, once, in the process that runs the bench; it may leave rows in the table.</summary>
    public virtual Task PrepareAsync(Target target, RowSet rows) => Task.CompletedTask;

    /// <summary>Loads the rows into the empty table and says what that took.</summary>
    public abstract Task<Usage> MeasureAsync(Target target, RowSet rows);
}
