using Npgsql;
using Sluice.PostgreSql.Faults;
using Sluice.PostgreSql.Pooling;
using Sluice.PostgreSql.Rendering;
using Sluice.Providers;
using Sluice.Rendering;

namespace Sluice.PostgreSql.Engines;

/// <summary>A connection that the caller opened, and perhaps began a transaction on.</summary>
sealed class AttachedPostgres(string target, NpgsqlConnection connection, bool isInTransaction) : AttachedDatabase(isInTransaction)
{
    public override string Target => target;

    readonly bool _isInTransaction = isInTransaction;
    readonly Backend _backend = Backend.OfCaller(connection.ConnectionString);
    readonly PostgresDialect _dialect = PostgresDialect.OfVersion(connection.PostgreSqlVersion.Major);

    public override SqlDialect Dialect => _dialect;

    /// <summary>As the driver does where it opens the connection within a TransactionScope itself.</summary>
    protected override bool Joins(BulkSession session)
    {
        if (AmbientSessions.Current is not { } ambient || !new NpgsqlConnectionStringBuilder(connection.ConnectionString).Enlist)
            return false;
        try
        {
            connection.EnlistTransaction(ambient);
        }
        catch (Exception failure) when (DriverCalls.IsDrivers(failure))
        {
            throw ConnectionProblems.NotEnlisted(failure);
        }
        return ((PostgresSession)session).Join();
    }

    protected override Task<BulkSession> AttachAsync() =>
        Task.FromResult<BulkSession>(new PostgresSession(target, Lease.OfCaller(connection, _backend), perTransaction: null, _dialect, _isInTransaction));
}
