namespace Sluice.PostgreSql;

/// <summary>How an engine connects to PostgreSQL.</summary>
/// <remarks>
/// What the connection string says and an option says otherwise is refused, so that neither is silently ignored. Beside an NpgsqlDataSource
/// of the application's, <see cref="PoolSize"/>, <see cref="MaxOverflow"/>, <see cref="PoolTimeout"/>, <see cref="PoolRecycle"/>,
/// <see cref="PrePing"/> and <see cref="LoadTypes"/> are the data source's to decide, and are refused when they are set.
/// </remarks>
public sealed record PostgresEngineOptions : EngineOptions
{
    /// <summary>How many connections are kept open for the next user.</summary>
    /// <value>Null: the connection string's "Maximum Pool Size", and without that 10.</value>
    public int? PoolSize { get; init; }

    /// <summary>How many more may be open at a time; each is closed when it is given back.</summary>
    /// <value>Null: none where the connection string has a "Maximum Pool Size", otherwise 20.</value>
    public int? MaxOverflow { get; init; }

    /// <summary>How long to wait for a connection when all are lent.</summary>
    /// <value>Null: 30 seconds.</value>
    public TimeSpan? PoolTimeout
    {
        get;
        init
        {
            if (value is { } time)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero, nameof(value));
                ArgumentOutOfRangeException.ThrowIfGreaterThan(time, TimeSpan.FromDays(24), nameof(value));
            }
            field = value;
        }
    }

    /// <summary>The age at which a connection is replaced rather than lent again, in whole seconds.</summary>
    /// <value>Null: the connection string's "Connection Lifetime", and without that an hour.</value>
    public TimeSpan? PoolRecycle
    {
        get;
        init
        {
            if (value is { } age)
                ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(age, TimeSpan.Zero, nameof(value));
            field = value;
        }
    }

    /// <summary>Whether a connection that was idle for over a second is tested before it is lent.</summary>
    /// <value>
    /// Null: true. One that fails the test is closed, and with it all that are idle, for the server has most likely been restarted.
    /// A connection that is lost later, within a transaction, is not replaced: what the transaction did is gone.
    /// </value>
    public bool? PrePing { get; init; }

    /// <summary>How long a statement may wait for a lock.</summary>
    /// <value>Null: as the server has it.</value>
    public TimeSpan? LockTimeout { get; init => field = Limit(value); }

    /// <summary>How long a transaction may sit idle before the server ends its connection.</summary>
    /// <value>Null: as the server has it.</value>
    public TimeSpan? IdleInTransactionTimeout { get; init => field = Limit(value); }

    /// <summary>Whether the driver asks the server for its types when it first connects.</summary>
    /// <value>
    /// Null: true. False saves that question, and then columns whose type only the driver can encode, as enumerations mapped by it or
    /// composite
    /// types, cannot be written; everything that Sluice encodes itself can.
    /// </value>
    public bool? LoadTypes { get; init; }
}
