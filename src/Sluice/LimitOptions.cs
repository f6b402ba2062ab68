namespace Sluice;

/// <summary>How long the parts of a load may take.</summary>
public sealed record LimitOptions
{
    internal static LimitOptions Default { get; } = new();

    /// <summary>How long one statement of the load may run, in place of the engine's own limit.</summary>
    /// <value>Null: as the engine has it.</value>
    /// <remarks>
    /// A statement may take many rows: a COPY takes those of a transaction, and its time includes waiting for the source. Where a statement
    /// is run for each row, those of a chunk count as one. A load that runs out of time is rolled back, except for chunks committed before.
    /// In the caller's transaction its own limit holds, and this one is refused (SLU0193), as it is for a graph.
    /// </remarks>
    public TimeSpan? StatementTimeout { get; init => field = TransactionOptions.Limit(value); }

    /// <summary>How long a load may go without a row being read or written before it is ended.</summary>
    /// <value>Null: as long as it likes.</value>
    /// <remarks>Not available yet: a load that asks for it is refused with SLU0192.</remarks>
    public TimeSpan? NoProgress { get; init => field = TransactionOptions.Limit(value); }

    /// <summary>The transaction of a load.</summary>
    internal TransactionOptions Transaction =>
        StatementTimeout is null ? TransactionOptions.Default : new TransactionOptions { StatementTimeout = StatementTimeout };
}
