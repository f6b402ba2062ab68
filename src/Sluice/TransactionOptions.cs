using System.Data;

namespace Sluice;

/// <summary>How a transaction begins.</summary>
public sealed record TransactionOptions
{
    internal static TransactionOptions Default { get; } = new();

    /// <summary>What the transaction sees of others.</summary>
    /// <value>Unspecified: the database's default.</value>
    public IsolationLevel Isolation { get; init; } = IsolationLevel.Unspecified;

    /// <summary>Whether the database refuses writes in it.</summary>
    /// <value>False.</value>
    public bool ReadOnly { get; init; }

    /// <summary>How long each of its statements may run.</summary>
    /// <value>Null: as the connection has it.</value>
    public TimeSpan? StatementTimeout { get; init => field = Limit(value); }

    /// <summary>How long each of its statements may wait for a lock.</summary>
    /// <value>Null: as the connection has it.</value>
    public TimeSpan? LockTimeout { get; init => field = Limit(value); }

    /// <summary>How long it may sit idle between statements before the database ends it, where the database has such a limit.</summary>
    /// <value>Null: as the connection has it.</value>
    public TimeSpan? IdleTimeout { get; init => field = Limit(value); }

    /// <summary>
    /// Whether code that uses ADO.NET, such as Dapper, takes part by <see cref="Transaction.DbTransaction"/>, on databases whose
    /// connections are not the driver's anyway.
    /// </summary>
    /// <value>False.</value>
    public bool SharesConnection { get; init; }

    internal static TimeSpan? Limit(TimeSpan? value)
    {
        if (value is { } time)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(time, TimeSpan.Zero, nameof(value));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(time, TimeSpan.FromDays(24), nameof(value));
        }
        return value;
    }
}
