using Sluice.Specification.Databases;

namespace Sluice.Sqlite.Tests;

public class TestSqlite : SqliteDatabase
{
    public override Engine CreateEngine() => SqliteEngine.Create(FilePath);

    /// <summary>A transaction of the driver's.</summary>
    public async Task<BegunTransaction> AttachAsync()
    {
        var connection = await OpenAsync();
        var transaction = connection.BeginTransaction();
        return new BegunTransaction(SqliteEngine.Attach(connection, transaction), () => transaction.CommitAsync(), connection);
    }
}

/// <summary>A database on which each test runs twice.</summary>
public sealed class TwiceSqlite : TestSqlite
{
    public override bool RunsTwice => true;
}
