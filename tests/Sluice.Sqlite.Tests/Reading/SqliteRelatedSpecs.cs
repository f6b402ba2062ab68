using Microsoft.Data.Sqlite;
using SQLitePCL;
using Sluice.Specification.Reading.Related;

namespace Sluice.Sqlite.Tests.Reading;

public sealed class SqliteRelatedSpec(TestSqlite database) : RelatedSpec(database), IClassFixture<TestSqlite>;

public sealed class SqliteRelatedStreamSpec(TestSqlite database) : RelatedStreamSpec(database), IClassFixture<TestSqlite>;

public sealed class SqliteReflectedRelationSpec(TestSqlite database) : ReflectedRelationSpec(database), IClassFixture<TestSqlite>;

public sealed class SqliteRelatedRefusalsSpec(TestSqlite database) : RelatedRefusalsSpec(database), IClassFixture<TestSqlite>
{
    protected override async Task CreateCaselessAsync()
    {
        await Database.ExecuteAsync("CREATE TABLE r_books(isbn text COLLATE NOCASE PRIMARY KEY)");
        await Database.ExecuteAsync("INSERT INTO r_books VALUES ('ABC')");
        await Database.ExecuteAsync("CREATE TABLE r_pages(id int, isbn text)");
        await Database.ExecuteAsync("INSERT INTO r_pages VALUES (1, 'abc')");
    }
}

public sealed class SqliteRelatedStatementsSpec(TestSqlite database) : RelatedStatementsSpec(database), IClassFixture<TestSqlite>
{
    protected override async Task<IReadOnlyList<string>> TraceAsync(Func<Database, Task> work)
    {
        var texts = new List<string>();
        await using var connection = new SqliteConnection($"Data Source={database.FilePath};Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        // The library tells each statement once, when it first steps, with the values in their places.
        raw.sqlite3_profile(connection.Handle, (_, text, _) => texts.Add(text), null);
        await using (var attached = SqliteEngine.Attach(connection))
            await work(attached);
        return [.. texts.Where(text => text.Contains("SELECT", StringComparison.Ordinal))];
    }
}
