using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Sluice.Rendering;
using Sluice.Sqlite.Native;
using Sluice.Sqlite.Rendering;
using Sluice.Sqlite.Writing;
using Sluice.Writing;

namespace Sluice.Sqlite;

/// <summary>A SQLite database file: one writer at a time, each connection on a thread of its own.</summary>
public sealed class SqliteEngine : Engine
{
    readonly string _path;
    readonly SqliteEngineOptions _options;
    readonly SqliteDialect _dialect;
    readonly ConcurrentBag<SqliteWorker> _idle = [];
    readonly SemaphoreSlim _writing = new(1, 1);
    bool _disposed;

    SqliteEngine(string path, SqliteEngineOptions options)
    {
        _path = path;
        _options = options;
        SQLitePCL.Batteries_V2.Init();
        _dialect = new SqliteDialect(Version.Parse(SQLitePCL.raw.sqlite3_libversion().utf8_to_string()), options.CompiledStatements);
    }

    /// <inheritdoc/>
    public override SqlDialect Dialect => _dialect;

    /// <inheritdoc/>
    public override string Target => $"'{_path}'";

    /// <summary>Creates an engine for a database file. The file is opened, and made where it is missing, with the first operation.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="options">Null for the defaults.</param>
    public static SqliteEngine Create(string path, SqliteEngineOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new SqliteEngine(path, options ?? new SqliteEngineOptions());
    }

    /// <inheritdoc/>
    public override async Task<BulkSession> OpenSessionAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        if (!_idle.TryTake(out var worker))
            worker = await OpenAsync().ConfigureAwait(false);
        return new SqliteSession(Target, worker, _options, _dialect, _writing, GiveBackAsync);
    }

    async Task<SqliteWorker> OpenAsync()
    {
        try
        {
            return await SqliteWorker.OpenAsync(_path, _options).ConfigureAwait(false);
        }
        catch (SqliteException failure)
        {
            throw Throw.CannotOpen(Target, failure);
        }
    }

    // One idle connection is enough for a program that loads now and then; more would keep the file's log from being cleaned up.
    async ValueTask GiveBackAsync(SqliteWorker worker)
    {
        if (_disposed || !_idle.IsEmpty)
            await worker.DisposeAsync().ConfigureAwait(false);
        else
            _idle.Add(worker);
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        _disposed = true;
        while (_idle.TryTake(out var worker))
            await worker.DisposeAsync().ConfigureAwait(false);
    }
}
