namespace Sluice;

/// <summary>The database refused a statement, or stopped it.</summary>
public sealed class StatementException : BulkException
{
    internal StatementException(string code, string message, string? sqlState, Exception? innerException)
        : base(code, message, innerException) => State = sqlState;

    /// <summary>The SQLSTATE, as "23505" for a key that is taken, "57014" for a statement that ran too long, "55P03" for a lock; or null.</summary>
    public override string? SqlState => State;

    /// <summary>The constraint that was broken, or null.</summary>
    public string? Constraint { get; init; }

    /// <summary>Whether the same statement may succeed when it is run again: a deadlock, a serialization failure, a lock, a lost connection.</summary>
    public override bool IsTransient => base.IsTransient;
}
