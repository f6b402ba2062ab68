using Sluice.Sqlite;

namespace Sluice.Cli;

/// <summary>An SQLite database that is not there before a load, and is not to be there after one that brought nothing.</summary>
sealed class NewDatabase
{
    static readonly string[] s_files = ["", "-wal", "-shm", "-journal"];

    readonly string _path;

    NewDatabase(string path) => _path = path;

    /// <summary>Null where the target is there already, or is no file.</summary>
    internal static NewDatabase? Of(TargetAddress target) =>
        target.SqlitePath is { } path && !File.Exists(path) ? new NewDatabase(path) : null;

    /// <summary>Removes the database if it has no table, view or anything else.</summary>
    internal async Task RemoveIfEmptyAsync()
    {
        if (!File.Exists(_path))
            return;
        try
        {
            var engine = SqliteEngine.Create(_path, new SqliteEngineOptions { BusyTimeout = TimeSpan.Zero });
            await using var disposal = engine.ConfigureAwait(false);
            var transaction = await engine.BeginAsync().ConfigureAwait(false);
            await using var end = transaction.ConfigureAwait(false);
            // Nobody else can write to it meanwhile.
            if (await transaction.ScalarAsync<long>(Sql.Raw("SELECT count(*) FROM sqlite_schema")).ConfigureAwait(false) > 0)
                return;
            foreach (var file in s_files)
                File.Delete(_path + file);
        }
        catch (Exception e) when (e is BulkException or IOException or UnauthorizedAccessException)
        {
            // Whatever it is, it is not an empty database of ours.
        }
    }
}
