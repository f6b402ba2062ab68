namespace Sluice.Sqlite.Native;

/// <summary>
/// A database in memory that all connections of an engine share, as they share a file: https://sqlite.org/src/file/src/memdb.c.
/// </summary>
/// <remarks>
/// With the plain name each connection would have a database of its own, which goes with it. This one goes with the last connection. Who
/// reads waits for who writes.
/// </remarks>
static class MemoryDatabase
{
    const string Prefix = "file:/sluice-";

    /// <summary>The path that is opened for the one that a caller gave.</summary>
    internal static string PathOf(string path) => path is ":memory:" ? $"{Prefix}{Guid.NewGuid():N}?vfs=memdb" : path;

    internal static bool Is(string path) =>
        path.StartsWith(Prefix, StringComparison.Ordinal) && path.EndsWith("?vfs=memdb", StringComparison.Ordinal);
}
