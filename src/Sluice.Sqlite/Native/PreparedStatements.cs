using SQLitePCL;

namespace Sluice.Sqlite.Native;

/// <summary>One connection's statements that were used before, by their texts; the longest unused makes room.</summary>
/// <remarks>SQLite prepares a kept statement anew by itself when a table has changed: https://sqlite.org/c3ref/prepare.html.</remarks>
sealed class PreparedStatements(int capacity) : IDisposable
{
    readonly Dictionary<string, LinkedListNode<(string Sql, sqlite3_stmt Statement)>> _bySql = [];
    readonly LinkedList<(string Sql, sqlite3_stmt Statement)> _byUse = [];

    /// <summary>Takes a statement out, for two users of one text need one each; null where none is kept.</summary>
    internal sqlite3_stmt? Take(string sql)
    {
        if (!_bySql.Remove(sql, out var node))
            return null;
        _byUse.Remove(node);
        return node.Value.Statement;
    }

    internal void Put(string sql, sqlite3_stmt statement)
    {
        if (capacity == 0 || _bySql.ContainsKey(sql))
        {
            statement.Dispose();
            return;
        }
        // Reset ends the read transaction that a statement left half way would hold; cleared, it holds no values either.
        raw.sqlite3_reset(statement);
        raw.sqlite3_clear_bindings(statement);
        _bySql[sql] = _byUse.AddLast((sql, statement));
        if (_byUse.Count <= capacity)
            return;
        var (oldest, unused) = _byUse.First!.Value;
        _byUse.RemoveFirst();
        _bySql.Remove(oldest);
        unused.Dispose();
    }

    public void Dispose()
    {
        foreach (var (_, statement) in _byUse)
            statement.Dispose();
        _byUse.Clear();
        _bySql.Clear();
    }
}
