using System.Buffers.Binary;
using Sluice.PostgreSql.Tests.Servers;

namespace Sluice.PostgreSql.Tests.Spread;

/// <summary>Answers for some tables as a coordinator of Citus does. See <see cref="CitusAnswers"/>.</summary>
sealed class CitusProxy(string connectionString) : MessageProxy(connectionString)
{
    internal SpreadTables Tables { get; } = new();

    protected override MessagePass Connected()
    {
        var answers = new CitusAnswers(Tables);
        return (side, isStartup, message) => isStartup ? new(message) : new(Changed(message, side is Side.Client ? answers.Asked : answers.Answered));
    }

    static byte[] Changed(byte[] message, Func<char, byte[], byte[]> change)
    {
        var body = change((char)message[0], message[5..]);
        byte[] changed = [.. message.AsSpan(0, 5), .. body];
        BinaryPrimitives.WriteInt32BigEndian(changed.AsSpan(1), body.Length + 4);
        return changed;
    }
}

/// <summary>The tables that are spread, by name: by the values of a column, or, without one, all rows on each server.</summary>
sealed class SpreadTables
{
    readonly System.Collections.Concurrent.ConcurrentDictionary<string, string?> _columns = [];

    internal void Add(string table, string? column) => _columns[table] = column;

    internal bool IsIn(string sql, out string table, out string? column)
    {
        (table, column) = _columns.FirstOrDefault(t => System.Text.RegularExpressions.Regex.IsMatch(sql, $@"\b{t.Key}\b"));
        return table is not null;
    }
}
