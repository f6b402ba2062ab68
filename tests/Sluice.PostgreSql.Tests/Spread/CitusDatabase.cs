using Npgsql;

namespace Sluice.PostgreSql.Tests.Spread;

/// <summary>A coordinator of Citus: the one that SLUICE_TEST_CITUS names, or a server that pretends to be one.</summary>
public sealed class CitusDatabase() : TestPostgres(15)
{
    readonly string? _real = Environment.GetEnvironmentVariable("SLUICE_TEST_CITUS") is { Length: > 0 } named ? named : null;
    CitusProxy? _proxy;

    public override async ValueTask InitializeAsync()
    {
        if (_real is not null)
        {
            ConnectionString = _real;
            return;
        }
        await base.InitializeAsync();
        if (Unavailable is not null)
            return;
        await ExecuteAsync("""
            SET allow_system_table_mods = on;
            INSERT INTO pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion) VALUES (4000000000, 'citus', 10, 11, false, '13.2');
            CREATE TABLE pg_catalog.pg_dist_partition (logicalrelid regclass, partmethod "char", repmodel "char");
            CREATE TABLE pg_catalog.pg_dist_node (noderole text, shouldhaveshards boolean);
            INSERT INTO pg_catalog.pg_dist_node VALUES ('primary', true);
            RESET allow_system_table_mods
            """);
        _proxy = new CitusProxy(ConnectionString);
    }

    public override Engine CreateEngine() => PostgresEngine.Create(
        _proxy is null ? ConnectionString : _proxy.ConnectionString);

    /// <summary>Spreads a table that was just made: by the values of a column, or, without one, to each server as a whole.</summary>
    public async Task SpreadAsync(string table, string? column)
    {
        if (_real is not null)
        {
            await ExecuteAsync(column is null ? $"SELECT create_reference_table('{table}')" : $"SELECT create_distributed_table('{table}', '{column}')");
            return;
        }
        await ExecuteAsync($"INSERT INTO pg_dist_partition VALUES ('{table}', {(column is null ? "'n', 't'" : "'h', 's'")})");
        _proxy!.Tables.Add(table, column);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_proxy is not null)
            await _proxy.DisposeAsync();
    }
}
