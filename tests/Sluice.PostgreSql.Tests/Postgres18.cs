namespace Sluice.PostgreSql.Tests;

public sealed class Postgres18() : TestPostgres(18);

/// <summary>A database on which each test runs twice.</summary>
public sealed class TwicePostgres18() : TestPostgres(18)
{
    public override bool RunsTwice => true;
}
