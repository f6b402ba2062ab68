using System.Diagnostics.CodeAnalysis;

namespace Sluice;

/// <summary>How a chunk that failed for a passing reason is sent again.</summary>
[Experimental(ExperimentalFor.Later)]
public sealed record RetryOptions
{
    /// <summary>How often a chunk is sent again before the load fails.</summary>
    /// <value>5.</value>
    public int Attempts
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            field = value;
        }
    } = 5;

    /// <summary>How long all waiting of a load may take together.</summary>
    /// <value>Five minutes.</value>
    public TimeSpan Budget
    {
        get;
        init => field = TransactionOptions.Limit(value)!.Value;
    } = TimeSpan.FromMinutes(5);
}
