namespace Sluice.PostgreSql.Tests;

public sealed class Postgres15() : TestPostgres(15);
