using Microsoft.Data.Sqlite;
using SQLitePCL;
using Sluice.Sqlite.Native;

namespace Sluice.Sqlite.Connections;

/// <summary>Opens connections of the driver's, which others than the engine use too.</summary>
/// <remarks>
/// The engine's own connections have no mutex, because each is used by its own thread alone; others' code cannot be held to that.
/// </remarks>
static class DriverConnection
{
    /// <summary>Opens one to the engine's file, which has been opened before.</summary>
    internal static SqliteConnection Open(string path, SqliteEngineOptions options)
    {
        var settings = new SqliteConnectionStringBuilder
        {
            DataSource = MemoryDatabase.Is(path) ? path : Path.GetFullPath(path),
            ForeignKeys = true,
            Pooling = false,
            DefaultTimeout = Seconds(options.BusyTimeout),
        };
        var connection = new SqliteConnection(settings.ConnectionString);
        try
        {
            connection.Open();
            SqliteHandle.Prepare(connection.Handle!);
            if (options.Synchronous is { } synchronous)
                Execute(connection, $"PRAGMA synchronous = {synchronous.ToString().ToUpperInvariant()}");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Tells the library to wait for locks, for statements that the driver does not see.</summary>
    internal static void SetPatience(SqliteConnection connection, TimeSpan patience) =>
        raw.sqlite3_busy_timeout(connection.Handle!, (int)Math.Min(patience.TotalMilliseconds, int.MaxValue));

    // Zero would be for ever.
    static int Seconds(TimeSpan time) => (int)Math.Clamp(Math.Ceiling(time.TotalSeconds), 1, int.MaxValue);

    static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
