using System.Buffers.Binary;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Sluice.PostgreSql.Tests.Spread;

/// <summary>What Citus 13 answers otherwise than PostgreSQL, on one connection: statements that it refuses, and what it counts and says of them.</summary>
/// <remarks>
/// Taken down from a coordinator with two workers. The tests that use it also run on a real one, which SLUICE_TEST_CITUS names.
/// </remarks>
sealed partial class CitusAnswers(SpreadTables tables)
{
    const string Shard = "_102008";

    static readonly System.Text.UTF8Encoding s_utf8 = new();

    readonly Lock _lock = new();
    readonly Dictionary<string, string> _statements = [];
    readonly Dictionary<string, (string Sql, int Rows)> _portals = [];
    readonly Queue<(string? Sql, int Rows)> _running = [];
    readonly Queue<(string Code, string Message)> _refusals = [];
    readonly Dictionary<string, int> _staged = [];

    /// <summary>A message of the client's, as the server gets it.</summary>
    internal byte[] Asked(char kind, byte[] body)
    {
        lock (_lock)
        {
            switch (kind)
            {
                case 'Q':
                    var sql = Text(body, 0, out _);
                    _running.Enqueue((sql, 0));
                    _running.Enqueue((null, 0));
                    return [.. s_utf8.GetBytes(Sent(sql)), 0];
                case 'P':
                    var name = Text(body, 0, out var afterName);
                    _statements[name] = Text(body, afterName, out var afterSql);
                    return [.. body.AsSpan(0, afterName), .. s_utf8.GetBytes(Sent(_statements[name])), 0, .. body.AsSpan(afterSql)];
                case 'B':
                    _portals[Text(body, 0, out var afterPortal)] = (_statements[Text(body, afterPortal, out var values)], Length(body, values));
                    return body;
                case 'E':
                    _running.Enqueue(_portals[Text(body, 0, out _)]);
                    return body;
                case 'S':
                    _running.Enqueue((null, 0));
                    return body;
                default:
                    return body;
            }
        }
    }

    /// <summary>A message of the server's, as the client gets it.</summary>
    internal byte[] Answered(char kind, byte[] body)
    {
        lock (_lock)
        {
            switch (kind)
            {
                case 'C' when _running.TryPeek(out var done) && done.Sql is not null:
                    _running.Dequeue();
                    return Tagged(done.Sql, done.Rows, body);
                case 'E':
                    return Failed(body);
                case 'Z':
                    while (_running.TryDequeue(out var left) && left.Sql is not null)
                    {
                        // What followed a failure was not run.
                    }
                    return body;
                default:
                    return body;
            }
        }
    }

    string Sent(string sql)
    {
        if (Refusal(sql) is { } refusal)
        {
            _refusals.Enqueue(refusal);
            return "SELECT refused_by_the_coordinator";
        }
        if (sql.StartsWith("EXPLAIN (FORMAT JSON)", StringComparison.Ordinal) && tables.IsIn(sql, out _, out _))
            return """SELECT '[{"Plan": {"Node Type": "Custom Scan", "Custom Plan Provider": "Citus Adaptive", "Distributed Query": {"Job": {"Task Count": 32}}}}]'""";
        // A transaction's statistics are those of the coordinator, which has no row.
        return sql.Replace("pg_stat_get_xact_tuples_", "0 * pg_stat_get_xact_tuples_", StringComparison.Ordinal);
    }

    (string Code, string Message)? Refusal(string sql)
    {
        // The catalog's own tables are the coordinator's, where everything can be asked.
        if (!tables.IsIn(sql, out _, out var column) || sql.Contains("CREATE ", StringComparison.Ordinal) || sql.Contains("JOIN pg_namespace", StringComparison.Ordinal))
            return null;
        var staging = StagingName().Match(sql);
        var change = ChangeOfRows().Match(sql);
        if (column is not null && sql.Contains("UPDATE OF", StringComparison.Ordinal))
            return ("0A000", "could not run distributed query with FOR UPDATE/SHARE commands");
        if (sql.IndexOf("DO UPDATE", StringComparison.Ordinal) is > 0 and var update && sql.IndexOf("now()", update, StringComparison.Ordinal) > 0)
            return ("0A000", "functions used in the DO UPDATE SET clause of INSERTs on distributed tables must be marked IMMUTABLE");
        if (column is null && staging.Success && change.Success)
            return ("XX000", $"relation {staging.Value} is not distributed");
        if (column is not null && staging.Success && sql.Contains("NOT EXISTS", StringComparison.Ordinal) && !sql.Contains("WITH kept", StringComparison.Ordinal))
            return ("XX000", $"relation {staging.Value} is not distributed");
        if (column is not null && sql.Contains("unnest", StringComparison.Ordinal) && sql.Contains("NOT EXISTS", StringComparison.Ordinal))
            return ("0A000", "correlated subqueries are not supported when the FROM clause contains a set returning function");
        return column is not null && change.Success && Regex.IsMatch(sql, $@"SET (.+, )?{column} = ")
            ? ("0A000", "modifying the partition value of rows is not allowed") : null;
    }

    // INSERT … SELECT … ON CONFLICT is said to have inserted whatever was selected, unless it returns rows.
    byte[] Tagged(string sql, int rows, byte[] tag)
    {
        var text = s_utf8.GetString(tag);
        if (text.StartsWith("COPY ", StringComparison.Ordinal) && StagingName().Match(sql) is { Success: true } filled)
            _staged[filled.Value] = int.Parse(text.AsSpan(5).TrimEnd('\0'), CultureInfo.InvariantCulture);
        if (!sql.StartsWith("INSERT", StringComparison.Ordinal) || !sql.Contains("ON CONFLICT", StringComparison.Ordinal) || sql.Contains("RETURNING", StringComparison.Ordinal) || !tables.IsIn(sql, out _, out _))
            return tag;
        var selected = StagingName().Match(sql) is { Success: true } staging ? _staged[staging.Value] : rows;
        return s_utf8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"INSERT 0 {selected}\0"));
    }

    byte[] Failed(byte[] body)
    {
        var sql = _running.TryPeek(out var failed) ? failed.Sql : null;
        while (_running.TryPeek(out var next) && next.Sql is not null)
            _running.Dequeue();
        if (_refusals.TryDequeue(out var refusal))
            return Fields(('S', "ERROR"), ('V', "ERROR"), ('C', refusal.Code), ('M', refusal.Message));
        var fields = Fields(body);
        if (sql is null || !fields['C'].StartsWith("23", StringComparison.Ordinal) || !tables.IsIn(sql, out var table, out _))
            return body;
        // The parts of a table are numbered, and with them its indexes.
        var message = fields['M'].Replace($"\"{table}\"", $"\"{table}{Shard}\"", StringComparison.Ordinal);
        if (fields['C'] is "23505" && fields.TryGetValue('n', out var index))
            message = message.Replace($"\"{index}\"", $"\"{index}{Shard}\"", StringComparison.Ordinal);
        (char, string)[] said = [('S', "ERROR"), ('V', "ERROR"), ('C', sql.StartsWith("COPY", StringComparison.Ordinal) ? "XX000" : fields['C']), ('M', message), ('D', fields.GetValueOrDefault('D', ""))];
        return Fields(said[2].Item2 == "XX000" ? said : [.. said, ('W', "while executing command on 127.0.0.1:17503")]);
    }

    static Dictionary<char, string> Fields(byte[] body)
    {
        var fields = new Dictionary<char, string>();
        for (var at = 0; body[at] != 0;)
            fields[(char)body[at]] = Text(body, at + 1, out at);
        return fields;
    }

    static byte[] Fields(params (char Kind, string Value)[] fields) =>
        [.. fields.SelectMany(f => (byte[])[(byte)f.Kind, .. s_utf8.GetBytes(f.Value), 0]), 0];

    static string Text(byte[] body, int from, out int after)
    {
        var end = Array.IndexOf(body, (byte)0, from);
        after = end + 1;
        return s_utf8.GetString(body, from, end - from);
    }

    // The first value, where it is an array in binary form: dimensions, nulls, type, length.
    static int Length(byte[] body, int at)
    {
        at += 2 + (2 * BinaryPrimitives.ReadInt16BigEndian(body.AsSpan(at)));
        if (BinaryPrimitives.ReadInt16BigEndian(body.AsSpan(at)) == 0)
            return 0;
        var value = body.AsSpan(at + 6);
        return BinaryPrimitives.ReadInt32BigEndian(body.AsSpan(at + 2)) >= 16 && BinaryPrimitives.ReadInt32BigEndian(value) == 1 ? BinaryPrimitives.ReadInt32BigEndian(value[12..]) : 0;
    }

    [GeneratedRegex(@"sluice_rows_\d+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex StagingName();

    [GeneratedRegex(@"^(EXPLAIN )?(WITH \w+ AS (MATERIALIZED )?\()?\s*(UPDATE|DELETE)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ChangeOfRows();
}
