namespace Sluice;

/// <summary>The rows, the table and the operation do not fit together. Nothing was sent.</summary>
/// <inheritdoc cref="BulkException(string, string, Exception?)"/>
public sealed class BulkPlanException(string code, string message, Exception? innerException = null) : BulkException(code, message, innerException);
