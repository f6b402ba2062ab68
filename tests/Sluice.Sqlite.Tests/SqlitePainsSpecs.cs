using Microsoft.Data.Sqlite;
using Sluice.Specification.Changes;

namespace Sluice.Sqlite.Tests;

public sealed class SqliteColumnPainsSpec(TestSqlite database) : ColumnPainsSpec(database), IClassFixture<TestSqlite>
{
    protected override IReadOnlyList<string> Numberings => ["INTEGER PRIMARY KEY", "INTEGER PRIMARY KEY AUTOINCREMENT"];

    protected override string Computed => "twice integer GENERATED ALWAYS AS (value * 2) STORED";
}

public sealed class SqliteConnectionPainsSpec(TestSqlite database) : ConnectionPainsSpec(database), IClassFixture<TestSqlite>
{
    readonly TestSqlite _database = database;
    SqliteConnection? _connection;
    SqliteTransaction? _transaction;

    protected override async Task<Database> AttachAsync()
    {
        _connection = await _database.OpenAsync();
        _transaction = _connection.BeginTransaction();
        return SqliteEngine.Attach(_connection, _transaction);
    }

    protected override async Task<string> StateAsync()
    {
        await using var command = _connection!.CreateCommand();
        command.Transaction = _transaction;
        command.CommandText =
            "SELECT (SELECT group_concat(name) FROM sqlite_temp_schema) || ' ' || (SELECT * FROM pragma_busy_timeout) || ' ' || (SELECT * FROM pragma_query_only) || ' ' || (SELECT * FROM pragma_foreign_keys)";
        return _connection.State + " " + await command.ExecuteScalarAsync(Stop);
    }

    protected override async Task EndAsync()
    {
        await _transaction!.CommitAsync(Stop);
        await _connection!.DisposeAsync();
    }

    protected override async Task<IAsyncDisposable> LockAsync()
    {
        var connection = await _database.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        await command.ExecuteNonQueryAsync(Stop);
        return connection;
    }

    [Fact]
    public async Task A_file_is_let_go_after_success_error_and_cancellation()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("sluice-let-go").FullName, "let-go.db");
        await using (var engine = SqliteEngine.Create(path))
        {
            await engine.CreateTableAsync(D, Stop);
            await engine.UpsertAsync(Devices(100), cancellationToken: Stop);
            await Assert.ThrowsAsync<BulkRowException>(() => engine.UpsertAsync([.. Devices(50), Devices(1)[0]], cancellationToken: Stop));
            using var source = new CancellationTokenSource();
            await source.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => engine.UpsertAsync(Devices(10), cancellationToken: source.Token));
            if (OperatingSystem.IsLinux())
                Assert.NotEmpty(Holders(path));
        }
        if (OperatingSystem.IsLinux())
            Assert.Empty(Holders(path));
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    // Where files can be deleted though they are open, the process's own table of them shows which are.
    static IEnumerable<string> Holders(string path) =>
        Directory.GetFiles("/proc/self/fd").Select(fd => new FileInfo(fd).LinkTarget).OfType<string>().Where(target => target.StartsWith(path, StringComparison.Ordinal));
}
