using System.Data.Common;

namespace Sluice;

/// <summary>A bulk operation failed. The message says what happened, what to do, and what was kept.</summary>
/// <remarks>The driver's own exception, where there is one, is the inner exception.</remarks>
public class BulkException : DbException
{
    long _rowsKept;

    /// <summary>Creates the error.</summary>
    /// <param name="code">The code that docs/errors.md explains, as "SLU0301".</param>
    /// <param name="message">Sentences without the code; it is added in brackets.</param>
    /// <param name="innerException">What the driver said.</param>
    public BulkException(string code, string message, Exception? innerException = null)
        : base($"{message} ({code})", innerException)
    {
        Code = code;
    }

    /// <summary>The code that docs/errors.md explains.</summary>
    public string Code { get; }

    /// <summary>Rows that stay in the table in spite of the failure.</summary>
    public long RowsKept { get => _rowsKept; init => _rowsKept = value; }

    /// <summary>Rows of which nobody knows whether they stay, because the connection was lost during their COMMIT.</summary>
    public long RowsInDoubt { get; init; }

    /// <summary>Where the code is explained.</summary>
    public override string? HelpLink { get => $"docs/errors.md#{Code.ToLowerInvariant()}"; set => throw new NotSupportedException(); }

    /// <summary>Says how many rows stay, where the failure is one of the source, which does not know.</summary>
    internal void Keep(long rows) => _rowsKept = rows;

    internal string? State { get; init; }

    /// <summary>Whether what was asked for may have been done, or not.</summary>
    internal bool IsOutcomeUnknown { get; init; }

    /// <summary>Whether the same may succeed when it is done again: a deadlock, a serialization failure, a lock, a lost connection, a busy pool.</summary>
    /// <remarks>Never where the outcome is unknown: what may have been done is to be looked at before it is done again.</remarks>
    public override bool IsTransient => !IsOutcomeUnknown
        && (SqlState is "40001" or "40P01" or "55P03" or "08006" or "57P01" or "57P02" or "57P03" or "25P03" || Code is "SLU0313" || InnerException is DbException { IsTransient: true });

    /// <summary>The SQLSTATE, or null.</summary>
    public override string? SqlState => State ?? (InnerException as DbException)?.SqlState;
}
