using Npgsql;
using Sluice.Specification.Servers;

namespace Sluice.Specification.Databases;

/// <summary>A database on the shared server of a version, or on the server that SLUICE_TEST_POSTGRES names.</summary>
public abstract class PostgresDatabase(int version) : TestDatabase
{
    static int s_databases;

    readonly string _database = $"sluice_{Environment.ProcessId}_{Interlocked.Increment(ref s_databases)}";
    string? _serverOfUser;
    NpgsqlDataSource? _raw;

    public override string Name => $"PostgreSQL {version}";

    public string ConnectionString { get; set; } = "";

    /// <summary>Connections of the raw driver to this database.</summary>
    public NpgsqlDataSource Raw => _raw ??= NpgsqlDataSource.Create(ConnectionString);

    public override async ValueTask InitializeAsync()
    {
        _serverOfUser = Environment.GetEnvironmentVariable("SLUICE_TEST_POSTGRES");
        if (string.IsNullOrEmpty(_serverOfUser))
            _serverOfUser = null;
        if (_serverOfUser is not null && version != 18)
            Unavailable = $"SLUICE_TEST_POSTGRES names one server; the tests that stand for PostgreSQL 18 run there, and those for {version} do not run.";
        else if (_serverOfUser is null && ServerBinaries.Find(version) is null)
            Unavailable = $"PostgreSQL {version} is not installed. Run ./test, which installs it, or set SLUICE_PG{version}_BIN to the folder of its programs.";
        else
            await CreateDatabaseAsync();
    }

    async Task CreateDatabaseAsync()
    {
        var maintenance = _serverOfUser ?? (await SharedServers.GetAsync(version)).ConnectionString;
        await ExecuteAsync(maintenance, $"CREATE DATABASE \"{_database}\"");
        ConnectionString = new NpgsqlConnectionStringBuilder(maintenance) { Database = _database }.ConnectionString;
    }

    static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public override Task CreateNotingTriggerAsync(string table) => ExecuteAsync($"""
        DROP TABLE IF EXISTS noted;
        CREATE TABLE noted (id bigint GENERATED ALWAYS AS IDENTITY, of bigint);
        CREATE OR REPLACE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO noted (of) VALUES (NEW.id); RETURN NEW; END $$;
        CREATE TRIGGER note BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION note();
        """);

    public override async Task ExecuteAsync(string sql)
    {
        await using var command = Raw.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public override async Task<IReadOnlyList<object?[]>> QueryAsync(string sql)
    {
        await using var command = Raw.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        return await reader.ReadRowsAsync();
    }

    public override async Task<IReadOnlyList<string>> OpenWorkAsync()
    {
        var rows = await QueryAsync(
            "SELECT state || ': ' || query FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
            + "AND backend_type = 'client backend' AND (state <> 'idle' OR xact_start IS NOT NULL)");
        return [.. rows.Select(row => (string)row[0]!)];
    }

    public override async Task<IReadOnlyList<string>> TablesAsync() =>
        [.. (await QueryAsync("SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition")).Select(r => (string)r[0]!)];

    public override Task<string> RunClientAsync(string sql) => RunPsqlAsync(sql);

    /// <summary>What psql prints: values with '|' between, NULL as nothing, a row a line.</summary>
    public Task<string> RunPsqlAsync(string sql)
    {
        var at = new NpgsqlConnectionStringBuilder(ConnectionString);
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["PGHOST"] = at.Host,
            ["PGPORT"] = at.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["PGUSER"] = at.Username,
            ["PGPASSWORD"] = at.Password,
            ["PGDATABASE"] = at.Database,
            ["PGCLIENTENCODING"] = "UTF8",
        };
        return Tool.RunAsync(ServerBinaries.Client("psql"), ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"], sql, environment);
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        if (_raw is not null)
            await _raw.DisposeAsync();
        if (_serverOfUser is not null && ConnectionString.Length > 0)
            await ExecuteAsync(_serverOfUser, $"DROP DATABASE \"{_database}\" WITH (FORCE)");
    }
}
