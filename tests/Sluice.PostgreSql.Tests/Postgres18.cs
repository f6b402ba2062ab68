namespace Sluice.PostgreSql.Tests;

public sealed class Postgres18() : TestPostgres(18);
