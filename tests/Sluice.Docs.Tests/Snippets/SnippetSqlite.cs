using Sluice.Specification.Databases;
using Sluice.Sqlite;

namespace Sluice.Docs.Tests.Snippets;

public sealed class SnippetSqlite : SqliteDatabase
{
    public override Engine CreateEngine() => SqliteEngine.Create(FilePath);
}
