namespace Sluice;

/// <summary>The database refused a statement, or stopped it.</summary>
public sealed class StatementException : BulkException
{
    internal StatementException(Failure failure, Exception? innerException)
        : base(failure, innerException)
    {
    }

    /// <summary>The SQLSTATE by which the database names the failure, or null.</summary>
    public override string? SqlState => Failure.SqlState;

    /// <summary>The constraint that was broken, or null.</summary>
    public string? Constraint => Failure.Constraint;

    /// <summary>
    /// Whether the same statement may succeed when it is run again: a deadlock, a serialization failure, a lock, a lost connection.
    /// </summary>
    public override bool IsTransient => base.IsTransient;
}
