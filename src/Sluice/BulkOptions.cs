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

    /// <summary>How rows reach a statement. A way that the database does not have, or that the rows cannot go, is an error.</summary>
    /// <value><see cref="RowPath.Automatic"/>.</value>
    public RowPath Path { get; init => field = Known(value); }

    /// <summary>
    /// Whether a table that is missing is created from the description that the call gives, in the load's own transaction, so that
    /// a load that keeps no row leaves no table either.
    /// </summary>
    /// <value>False: a missing table is an error.</value>
    public bool CreateTable { get; init; }

    /// <summary>Told after every chunk, on the thread that loads.</summary>
    /// <value>Null: nobody is told.</value>
    public IProgress<BulkProgress>? Progress { get; init; }

    /// <summary>
    /// Whether a <see cref="DateTime"/>, <see cref="DateTimeOffset"/>, <see cref="TimeOnly"/> or <see cref="TimeSpan"/> with more digits
    /// than its column keeps is refused. The digits of files and of other databases always are.
    /// </summary>
    /// <value>
    /// False: it is stored with the digits that the column has, as the database's own driver stores it, and keys are compared as they are
    /// stored.
    /// </value>
    public bool ExactTimes { get; init; }

    /// <summary>Whether error messages may show the value that was refused, cut at 64 characters.</summary>
    /// <value>False: messages name rows and columns only.</value>
    public bool IncludeValues { get; init; }

    static TValue Given<TValue>(TValue value)
        where TValue : class
    {
        ArgumentNullException.ThrowIfNull(value);
        return value;
    }

    static TEnum Known<TEnum>(TEnum value)
        where TEnum : struct, Enum =>
        Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"{typeof(TEnum).Name} has no such value.");
}
