namespace Sluice.PostgreSql.Tests;

public sealed class Postgres15() : TestPostgres(15);

/// <summary>A database on which each test runs twice.</summary>
public sealed class TwicePostgres15() : TestPostgres(15)
{
    public override bool RunsTwice => true;
}
