using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Sluice;

/// <summary>A bulk operation failed. The message says what happened, what to do, and what was kept.</summary>
/// <remarks>The driver's own exception, where there is one, is the inner exception.</remarks>
public class BulkException : DbException
{
    long? _rowsKept;

    /// <summary>Creates the error.</summary>
    /// <param name="failure">What went wrong.</param>
    /// <param name="innerException">What the driver said.</param>
    public BulkException(Failure failure, Exception? innerException = null)
        : base(message: null, innerException)
    {
        ArgumentNullException.ThrowIfNull(failure);
        Failure = failure;
    }

    /// <summary>What went wrong, as data, of which this exception shows users what they need.</summary>
    [Experimental(ExperimentalFor.Providers)]
    public Failure Failure { get; }

    /// <summary>What was there and what was needed, without a full stop.</summary>
    public string Problem => Failure.Problem;

    /// <summary>What to do about it, as sentences.</summary>
    public string Remedy => Failure.Remedy.Text;

    /// <summary>What is left of what was asked for.</summary>
    public Kept Kept => Failure.Kept;

    /// <summary>The code that docs/errors.md explains.</summary>
    public string Code => Failure.Code;

    /// <summary>The parts as sentences, with the code in brackets.</summary>
    public override string Message => Failure.Message;

    /// <summary>Rows that stay in the table in spite of the failure.</summary>
    public long RowsKept { get => _rowsKept ?? Kept.Rows ?? 0; init => _rowsKept = value; }

    /// <summary>Rows of which nobody knows whether they stay, because the connection was lost during their COMMIT.</summary>
    public long RowsInDoubt { get; init; }

    /// <summary>Where the code is explained.</summary>
    public override string? HelpLink { get => $"docs/errors.md#{Code.ToLowerInvariant()}"; set => throw new NotSupportedException(); }

    /// <summary>Says how many rows stay, where the failure is one of the source, which does not know.</summary>
    internal void Keep(long rows) => _rowsKept = rows;

    /// <summary>
    /// Whether the same may succeed when it is done again: a deadlock, a serialization failure, a lock, a lost connection, a busy pool.
    /// </summary>
    /// <remarks>Never where the outcome is unknown: what may have been done is to be looked at before it is done again.</remarks>
    public override bool IsTransient => Failure is { IsTransient: true, Kind: not FailureKind.UnknownOutcome };

    /// <summary>The SQLSTATE, or null.</summary>
    public override string? SqlState => Failure.SqlState ?? (InnerException as DbException)?.SqlState;
}
