namespace Sluice.Specification.Servers;

public sealed record PostgresServerOptions
{
    /// <summary>With a password the server asks for it by SCRAM; without one it trusts everyone who reaches it.</summary>
    public string? Password { get; init; }

    /// <summary>Settings of postgresql.conf beyond the usual ones of a test, as "fsync" = "on".</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}
