using Sluice.PostgreSql;
using Sluice.Specification.Databases;

namespace Sluice.Docs.Tests.Snippets;

public sealed class SnippetPostgres() : PostgresDatabase(15)
{
    public override Engine CreateEngine() => PostgresEngine.Create(ConnectionString);
}
