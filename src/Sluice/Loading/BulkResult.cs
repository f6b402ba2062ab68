using Sluice.Planning;

namespace Sluice;

/// <summary>What became of every row, as the database reported it, not as it was sent.</summary>
public sealed record BulkResult
{
    /// <summary>Rows read from the source.</summary>
    public required long Read { get; init; }

    /// <summary>Rows that are new in the table.</summary>
    public long Inserted { get; init; }

    /// <summary>Rows of the table that were changed.</summary>
    public long Updated { get; init; }

    /// <summary>Rows of the table that were removed.</summary>
    public long Deleted { get; init; }

    /// <summary>Rows of the table that a sync removed because the source has none of their key; not among <see cref="Read"/>.</summary>
    public long Removed { get; init; }

    /// <summary>
    /// Rows whose counterpart in the table stayed as it was, by a condition or because existing rows are to be left.
    /// </summary>
    public long Unchanged { get; init; }

    /// <summary>Rows left out by a stated policy, or suppressed by the database's own trigger.</summary>
    public long Skipped { get; init; }

    /// <summary>Rows that could not be loaded, each with a reason.</summary>
    public long Rejected { get; init; }

    /// <summary>Rows read but not processed.</summary>
    public long Remaining { get; init; }

    /// <summary>Rows that are in the table as the operation asked.</summary>
    public long Loaded => Inserted + Updated + Deleted + Unchanged;

    /// <summary>Chunks sent.</summary>
    public int Chunks => ChunkTimings.Count;

    /// <summary>Transactions committed.</summary>
    public int Commits { get; init; }

    /// <summary>Bytes sent, as encoded.</summary>
    public long Bytes { get; init; }

    /// <summary>Time from the first look at the target to the last commit.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The plan that ran.</summary>
    public required BulkPlan Plan { get; init; }

    /// <summary>When each chunk was sent and how long that took, in order.</summary>
    public IReadOnlyList<ChunkTiming> ChunkTimings { get; init; } = [];

    /// <summary>Whether the counts account for every row that was read.</summary>
    public bool IsBalanced => Read == Loaded + Skipped + Rejected + Remaining;

    /// <summary>The sum of loads that were one call; the plan is that of the first one.</summary>
    internal static BulkResult Sum(IReadOnlyList<BulkResult> results, TimeSpan elapsed) => results[0] with
    {
        Read = results.Sum(r => r.Read),
        Inserted = results.Sum(r => r.Inserted),
        Updated = results.Sum(r => r.Updated),
        Deleted = results.Sum(r => r.Deleted),
        Unchanged = results.Sum(r => r.Unchanged),
        Skipped = results.Sum(r => r.Skipped),
        Bytes = results.Sum(r => r.Bytes),
        Commits = 1,
        Elapsed = elapsed,
        ChunkTimings = [.. results.SelectMany(r => r.ChunkTimings)],
    };
}

/// <summary>One chunk's place in time.</summary>
/// <param name="Rows">The rows of the chunk.</param>
/// <param name="Start">When it began to be written, since the load began.</param>
/// <param name="Duration">How long encoding and sending took, with its commit where it had one.</param>
public readonly record struct ChunkTiming(int Rows, TimeSpan Start, TimeSpan Duration);
