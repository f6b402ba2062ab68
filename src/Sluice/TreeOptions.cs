namespace Sluice;

/// <summary>How the rows of a tree are changed.</summary>
public sealed record TreeOptions
{
    internal static TreeOptions Default { get; } = new();

    readonly int _chunkRows = 5_000;

    /// <summary>
    /// The most rows that one statement changes. The nodes of one circle are changed by one statement, however many they are.
    /// </summary>
    /// <value>5,000.</value>
    public int ChunkRows
    {
        get => _chunkRows;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            _chunkRows = value;
        }
    }

    /// <summary>When changes become lasting. Within the caller's transaction that is the caller's business.</summary>
    /// <value><see cref="CommitPolicy.Atomic"/>: the whole tree or nothing.</value>
    public CommitPolicy Commit
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    } = CommitPolicy.Atomic;
}

/// <summary>In which order the rows of a tree are changed.</summary>
public enum TreeOrder
{
    /// <summary>A row after the one that it names as its parent.</summary>
    ParentsFirst,

    /// <summary>A row before the one that it names as its parent.</summary>
    ChildrenFirst,
}
