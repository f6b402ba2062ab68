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

    /// <summary>Where the code is explained.</summary>
    public override string? HelpLink { get => $"docs/errors.md#{Code.ToLowerInvariant()}"; set => throw new NotSupportedException(); }

    /// <summary>Says how many rows stay, where the failure is one of the source, which does not know.</summary>
    internal void Keep(long rows) => _rowsKept = rows;

    /// <inheritdoc/>
    public override bool IsTransient => InnerException is DbException { IsTransient: true };

    /// <inheritdoc/>
    public override string? SqlState => (InnerException as DbException)?.SqlState;
}
