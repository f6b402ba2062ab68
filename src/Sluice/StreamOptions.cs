namespace Sluice;

/// <summary>How a query is streamed.</summary>
public sealed record StreamOptions
{
    internal static StreamOptions Default { get; } = new();

    readonly int _yieldPer = 2_000;
    readonly TimeSpan? _maxConsumerPause;

    /// <summary>The rows of a batch.</summary>
    /// <value>2,000. Larger batches cost memory, two of them at a time, and save round trips.</value>
    public int YieldPer
    {
        get => _yieldPer;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            _yieldPer = value;
        }
    }

    /// <summary>How the rows come from the database.</summary>
    /// <value><see cref="StreamMode.Auto"/>.</value>
    public StreamMode Mode
    {
        get;
        init =>
            field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "There is no such mode.");
    }

    /// <summary>
    /// How long a consumer may work on a batch before the stream is ended, and with it the snapshot that the database keeps for it.
    /// </summary>
    /// <value>Null: as long as it likes. Within the caller's transaction, whose snapshot it is, nothing is ended.</value>
    public TimeSpan? MaxConsumerPause
    {
        get => _maxConsumerPause;
        init
        {
            if (value is { } pause)
            {
                ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(pause, TimeSpan.Zero, nameof(value));
                ArgumentOutOfRangeException.ThrowIfGreaterThan(pause, TimeSpan.FromDays(24), nameof(value));
            }
            _maxConsumerPause = value;
        }
    }
}
