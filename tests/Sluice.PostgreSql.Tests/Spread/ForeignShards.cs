using Npgsql;
using Sluice.Specification.Servers;

namespace Sluice.PostgreSql.Tests.Spread;

/// <summary>A database whose table "readings" has its rows, by id odd or even, on two other servers: https://www.postgresql.org/docs/current/postgres-fdw.html.</summary>
public abstract class ForeignShards(int version) : TestPostgres(version)
{
    readonly List<NpgsqlDataSource> _shards = [];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        if (Unavailable is not null)
            return;
        await ExecuteAsync("CREATE EXTENSION postgres_fdw");
        foreach (var shardVersion in (int[])[15, 18])
        {
            if (ServerBinaries.Find(shardVersion) is null)
            {
                Unavailable = $"PostgreSQL {shardVersion} is not installed. Run ./test, which installs it, or set SLUICE_PG{shardVersion}_BIN to the folder of its programs.";
                return;
            }
            await AddShardAsync(_shards.Count, await SharedServers.GetAsync(shardVersion));
        }
    }

    async Task AddShardAsync(int number, PostgresServer server)
    {
        var name = $"{new NpgsqlConnectionStringBuilder(ConnectionString).Database}_shard{number}";
        await using (var maintenance = NpgsqlDataSource.Create(server.ConnectionString + ";Pooling=false"))
        await using (var create = maintenance.CreateCommand($"CREATE DATABASE \"{name}\""))
            await create.ExecuteNonQueryAsync();
        _shards.Add(NpgsqlDataSource.Create(server.ConnectionStringFor(name)));
        await ExecuteAsync($"""
            CREATE SERVER shard{number} FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '127.0.0.1', port '{server.Port}', dbname '{name}', batch_size '100');
            CREATE USER MAPPING FOR CURRENT_USER SERVER shard{number} OPTIONS (user 'postgres')
            """);
    }

    /// <summary>Runs SQL on the server that has the even rows, or that which has the odd ones.</summary>
    public async Task ExecuteOnShardAsync(int number, string sql)
    {
        await using var command = _shards[number].CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>How many rows each server has, as one looks there.</summary>
    public async Task<(long Even, long Odd)> StoredAsync()
    {
        var counts = new List<long>();
        foreach (var shard in _shards)
        {
            await using var command = shard.CreateCommand("SELECT count(*) FROM readings");
            counts.Add((long)(await command.ExecuteScalarAsync())!);
        }
        return (counts[0], counts[1]);
    }

    /// <summary>Makes the table anew, empty and without triggers.</summary>
    public async Task CreateReadingsAsync()
    {
        await ExecuteAsync("""
            DROP TABLE IF EXISTS readings CASCADE;
            CREATE TABLE readings (id bigint NOT NULL, name text NOT NULL, value int NOT NULL) PARTITION BY LIST ((id % 2))
            """);
        for (var i = 0; i < _shards.Count; i++)
        {
            await ExecuteOnShardAsync(i, "DROP TABLE IF EXISTS readings CASCADE; CREATE TABLE readings (id bigint PRIMARY KEY, name text NOT NULL, value int NOT NULL)");
            await ExecuteAsync($"CREATE FOREIGN TABLE readings_{i} PARTITION OF readings FOR VALUES IN ({i}) SERVER shard{i} OPTIONS (table_name 'readings')");
        }
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var shard in _shards)
            await shard.DisposeAsync();
        await base.DisposeAsync();
    }
}

public sealed class ForeignShards15() : ForeignShards(15);

public sealed class ForeignShards18() : ForeignShards(18);
