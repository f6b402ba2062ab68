using Npgsql;
using Sluice.Specification.Databases;

namespace Sluice.PostgreSql.Tests;

public abstract class TestPostgres(int version) : PostgresDatabase(version)
{
    public override Engine CreateEngine() => PostgresEngine.Create(ConnectionString);

    /// <summary>A transaction of the driver's.</summary>
    public async Task<BegunTransaction> AttachAsync()
    {
        var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        var transaction = await connection.BeginTransactionAsync();
        return new BegunTransaction(PostgresEngine.Attach(connection, transaction), () => transaction.CommitAsync(), connection);
    }
}
