namespace Sluice;

/// <summary>How a bulk operation goes about its work. Every option holds for every database.</summary>
public sealed record BulkOptions
{
    /// <summary>The defaults: one transaction, key order, chunks of 5,000 rows.</summary>
    public static BulkOptions Default { get; } = new();

    /// <summary>Rows that are encoded, sent and counted together.</summary>
    /// <value>5,000 rows.</value>
    public ChunkSize ChunkSize { get; init => field = Given(value); } = ChunkSize.Fixed(5_000);

    /// <summary>When rows become lasting.</summary>
    /// <value><see cref="CommitPolicy.Atomic"/>.</value>
    public CommitPolicy Commit { get; init => field = Given(value); } = CommitPolicy.Atomic;

    /// <summary>When what was committed is on the disk.</summary>
    /// <value><see cref="CommitDurability.EachCommit"/>.</value>
    public CommitDurability Durability { get; init => field = Known(value); }

    /// <summary>
    /// How many connections write side by side, each chunk in a transaction of its own. More than one needs
    /// <see cref="CommitPolicy.PerChunk"/>, for no
    /// transaction spans two connections. Databases that have one writer at a time, and transactions of the caller's, use one.
    /// </summary>
    /// <value>1.</value>
    public int Parallelism { get; init; } = 1;

    /// <summary>The order in which rows reach the database.</summary>
    /// <value>
    /// <see cref="RowOrder.ByKey"/>. It has no effect on a table without a primary key, or where the rows leave out a part of it.
    /// </value>
    public RowOrder Order { get; init => field = Known(value); } = RowOrder.ByKey;

    /// <summary>
    /// What becomes of input rows with the key of another one, across the whole call. A plain insert leaves that to the table's own keys.
    /// </summary>
    /// <value><see cref="Duplicates.Error"/>. Rows with a null in the key equal no other row, unless the table's key says so.</value>
    public Duplicates Duplicates { get; init => field = Given(value); } = Duplicates.Error;

    /// <summary>Told after every chunk, on the thread that loads.</summary>
    /// <value>Null: nobody is told.</value>
    public IProgress<BulkProgress>? Progress { get; init; }

    /// <summary>How long the parts of the load may take.</summary>
    /// <value>No limits of its own.</value>
    public LimitOptions Limits { get; init => field = Given(value); } = LimitOptions.Default;

    /// <summary>What counts as a fault, what is told of it, and what becomes of the rows.</summary>
    /// <value>The first fault ends the load, and its message names row and column.</value>
    public FaultOptions Faults { get; init => field = Given(value); } = FaultOptions.Default;

    /// <summary>How rows come to their table.</summary>
    /// <value>It exists, and the plan decides the way of rows to it.</value>
    public TargetOptions Target { get; init => field = Given(value); } = TargetOptions.Default;

    static TValue Given<TValue>(TValue value)
        where TValue : class
    {
        ArgumentNullException.ThrowIfNull(value);
        return value;
    }

    internal static TEnum Known<TEnum>(TEnum value)
        where TEnum : struct, Enum =>
        Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"{typeof(TEnum).Name} has no such value.");
}
