namespace Sluice;

/// <summary>The rows, the table and the operation do not fit together. As a rule, this is found before anything is sent.</summary>
public sealed class BulkPlanException : BulkException
{
    /// <summary>Creates the error.</summary>
    /// <param name="code">The code that docs/errors.md explains.</param>
    /// <param name="problem">What was there and what was needed, without a full stop.</param>
    /// <param name="remedy">What to do about it.</param>
    /// <param name="kept">What is left; null where nothing was sent.</param>
    /// <param name="innerException">What the driver said.</param>
    public BulkPlanException(string code, string problem, Remedy remedy, Kept? kept = null, Exception? innerException = null)
        : this(new Failure(code, problem, remedy, kept ?? Kept.NothingSent) { Kind = FailureKind.Plan }, innerException)
    {
    }

    /// <inheritdoc cref="BulkException(Failure, Exception?)"/>
    public BulkPlanException(Failure failure, Exception? innerException = null)
        : base(failure, innerException)
    {
    }
}
