namespace Sluice;

/// <summary>What every engine can be told about its connections and statements.</summary>
public abstract record EngineOptions
{
    /// <summary>The defaults.</summary>
    protected EngineOptions()
    {
    }

    /// <summary>How many texts of statements are kept, by their structure.</summary>
    /// <value>500.</value>
    public int CompiledStatements
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    } = 500;

    /// <summary>How many statements each connection keeps prepared, the longest unused making room.</summary>
    /// <value>
    /// Null: 100, unless the connection string says it. Zero for none, as behind a pooler that gives every transaction another connection,
    /// where that is not noticed by itself: then no session setting is relied on either, and timeouts are set within each transaction.
    /// </value>
    public int? PreparedStatements
    {
        get;
        init
        {
            if (value is { } count)
                ArgumentOutOfRangeException.ThrowIfNegative(count, nameof(value));
            field = value;
        }
    }

    /// <summary>How long one statement may run.</summary>
    /// <value>Null: as the database has it.</value>
    public TimeSpan? StatementTimeout
    {
        get;
        init => field = Limit(value);
    }

    /// <summary>A limit as databases take it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not above zero, or above 24 days.</exception>
    protected static TimeSpan? Limit(TimeSpan? value) => TransactionOptions.Limit(value);
}
