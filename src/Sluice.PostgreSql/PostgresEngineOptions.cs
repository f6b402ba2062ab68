namespace Sluice.PostgreSql;

/// <summary>How an engine connects to PostgreSQL, beyond what the connection string says.</summary>
public sealed record PostgresEngineOptions
{
    /// <summary>Whether the driver asks the server for its types when it first connects.</summary>
    /// <value>
    /// True. False saves that question, and then columns whose type only the driver can encode, as enumerations mapped by it or composite
    /// types, cannot be written; everything that Sluice encodes itself can.
    /// </value>
    public bool LoadTypes { get; init; } = true;

    /// <summary>How many texts of statements are kept, by their structure.</summary>
    /// <value>500.</value>
    public int CompiledStatements { get; init; } = 500;
}
