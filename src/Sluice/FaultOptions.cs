using System.Diagnostics.CodeAnalysis;

namespace Sluice;

/// <summary>What counts as a fault of a load, what is told of it, and what becomes of the rows and of the load.</summary>
public sealed record FaultOptions
{
    internal static FaultOptions Default { get; } = new();

    /// <summary>Whether error messages may show the value that was refused, cut at 64 characters.</summary>
    /// <value>False: messages name rows and columns only.</value>
    public bool IncludeValues { get; init; }

    /// <summary>
    /// Whether a <see cref="DateTime"/>, <see cref="DateTimeOffset"/>, <see cref="TimeOnly"/> or <see cref="TimeSpan"/> with more digits
    /// than its column keeps is refused. The digits of files and of other databases always are.
    /// </summary>
    /// <value>
    /// False: it is stored with the digits that the column has, as the database's own driver stores it, and keys are compared as they are
    /// stored.
    /// </value>
    public bool ExactTimes { get; init; }

    /// <summary>What is checked of a row before it is sent.</summary>
    /// <value><see cref="Validation.AsEncoded"/>.</value>
    /// <remarks><see cref="Validation.Full"/> is not available yet: a load that asks for it is refused with SLU0192.</remarks>
    public Validation Validation { get; init => field = BulkOptions.Known(value); }

    /// <summary>Where rows go that are refused, while the load goes on with the others.</summary>
    /// <value>Null: the first refused row ends the load.</value>
    /// <remarks>Not available yet: a load that asks for it is refused with SLU0192.</remarks>
    public RejectSink? Rejects { get; init; }

    /// <summary>How a chunk that failed for a passing reason is sent again.</summary>
    /// <value>Null: it is not, and the load ends.</value>
    /// <remarks>Not available yet: a load that asks for it is refused with SLU0192.</remarks>
    public RetryOptions? Retry { get; init; }

    /// <summary>What the load notes of its way, so that it goes on where it ended when it is run again.</summary>
    /// <value>Null: nothing, and a load that is run again begins at its first row.</value>
    /// <remarks>Not available yet: a load that asks for it is refused with SLU0192.</remarks>
    public Checkpoint? Checkpoint { get; init; }
}

/// <summary>What is checked of a row before it is sent.</summary>
[Experimental(ExperimentalFor.Later)]
public enum Validation
{
    /// <summary>What its encoding finds: whether each value fits its column's type. The database tells the rest.</summary>
    AsEncoded,

    /// <summary>Everything that the catalog tells of the table, for every row.</summary>
    Full,
}
