using Microsoft.Data.Sqlite;
using Sluice.Specification.Servers;

namespace Sluice.Specification.Databases;

/// <summary>A SQLite file in a temporary folder.</summary>
public abstract class SqliteDatabase : TestDatabase
{
    readonly string _folder = Directory.CreateTempSubdirectory("sluice-sqlite").FullName;

    static SqliteDatabase() => SQLitePCL.Batteries_V2.Init();

    public override string Name => "SQLite";

    public string FilePath => Path.Combine(_folder, "test.db");

    public override ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public override Task CreateNotingTriggerAsync(string table) => ExecuteAsync($"""
        DROP TABLE IF EXISTS noted;
        CREATE TABLE noted (id INTEGER PRIMARY KEY AUTOINCREMENT, of INTEGER);
        CREATE TRIGGER note AFTER INSERT ON {table} BEGIN INSERT INTO noted (of) VALUES (NEW.id); END;
        """);

    public override async Task ExecuteAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    public override async Task<IReadOnlyList<object?[]>> QueryAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        return await reader.ReadRowsAsync();
    }

    /// <summary>A connection of the raw driver; pooled ones would hold the file after the test.</summary>
    public async Task<SqliteConnection> OpenAsync()
    {
        var connection = new SqliteConnection($"Data Source={FilePath};Pooling=False;Default Timeout=30");
        await connection.OpenAsync();
        return connection;
    }

    /// <remarks>The log cannot be emptied while a connection still reads the state before the last write.</remarks>
    public override async Task<IReadOnlyList<string>> OpenWorkAsync()
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA busy_timeout = 0; CREATE TABLE IF NOT EXISTS open_work(n); INSERT INTO open_work VALUES (1); PRAGMA wal_checkpoint(TRUNCATE)";
        await using var reader = await command.ExecuteReaderAsync();
        do
        {
            if (reader.FieldCount == 3 && await reader.ReadAsync())
                return reader.GetInt64(0) == 0 ? [] : ["a transaction that reads"];
        }
        while (await reader.NextResultAsync());
        throw new InvalidOperationException("The checkpoint gave no answer.");
    }

    public override async Task<IReadOnlyList<string>> TablesAsync() =>
        [.. (await QueryAsync("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")).Select(r => (string)r[0]!)];

    public override Task<string> RunClientAsync(string sql) => RunSqlite3Async(sql);

    /// <summary>What the sqlite3 program prints: values with '|' between, NULL as nothing, a row a line.</summary>
    public Task<string> RunSqlite3Async(string sql) => Tool.RunAsync("sqlite3", ["-batch", "-bail", "-list", "-noheader", FilePath], sql);

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
