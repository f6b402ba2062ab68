using Npgsql;
using Sluice.PostgreSql.Pooling;
using Sluice.PostgreSql.Rendering;
using Sluice.PostgreSql.Writing;
using Sluice.Rendering;
using Sluice.Writing;

namespace Sluice.PostgreSql;

/// <summary>A connection that the caller opened, and perhaps began a transaction on.</summary>
sealed class AttachedPostgres(string target, NpgsqlConnection connection, bool isInTransaction) : AttachedDatabase(isInTransaction)
{
    public override string Target => target;

    readonly Backend _backend = Backend.OfCaller(connection.ConnectionString);
    readonly PostgresDialect _dialect = PostgresDialect.OfVersion(connection.PostgreSqlVersion.Major);

    public override SqlDialect Dialect => _dialect;

    protected override Task<BulkSession> AttachAsync() =>
        Task.FromResult<BulkSession>(new PostgresSession(target, Lease.OfCaller(connection, _backend), perTransaction: null, _dialect));
}
