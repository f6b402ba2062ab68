namespace Sluice.PostgreSql.Faults;

/// <summary>A result has a type that was made after the driver asked the server for its types. Told before any row is made.</summary>
sealed class UnknownType(string column) : Exception($"The type of column '{column}' is unknown.")
{
    internal string Column => column;
}
