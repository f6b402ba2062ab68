using System.Net;
using System.Net.Sockets;

namespace Sluice.PostgreSql.Tests.Spread;

/// <summary>Stands between a client and a server, and answers for some tables as a coordinator of Citus does. See <see cref="CitusAnswers"/>.</summary>
sealed class CitusProxy : IAsyncDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _stop = new();
    readonly string _host;
    readonly int _port;
    readonly Task _accepting;

    internal CitusProxy(string host, int port)
    {
        _host = host;
        _port = port;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    internal int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    internal SpreadTables Tables { get; } = new();

    async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (OperationCanceledException)
        {
            // The test has ended.
        }
    }

    async Task ServeAsync(TcpClient client)
    {
        using var ours = client;
        using var server = new TcpClient { NoDelay = true };
        client.NoDelay = true;
        await server.ConnectAsync(_host, _port, _stop.Token);
        var answers = new CitusAnswers(Tables);
        await Task.WhenAny(
            CopyAsync(client, server, isFirstBare: true, answers.Asked),
            CopyAsync(server, client, isFirstBare: false, answers.Answered));
    }

    // A message is a letter, a length that counts itself, and a body; a client's first has no letter: https://www.postgresql.org/docs/current/protocol-message-formats.html.
    async Task CopyAsync(TcpClient from, TcpClient to, bool isFirstBare, Func<char, byte[], byte[]> pass)
    {
        var (reading, writing) = (from.GetStream(), to.GetStream());
        var head = new byte[5];
        try
        {
            for (var first = isFirstBare; ; first = false)
            {
                await reading.ReadExactlyAsync(head.AsMemory(first ? 1 : 0), _stop.Token);
                var body = new byte[System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(1)) - 4];
                await reading.ReadExactlyAsync(body, _stop.Token);
                if (!first)
                    body = pass((char)head[0], body);
                System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(1), body.Length + 4);
                byte[] message = [.. head.AsSpan(first ? 1 : 0), .. body];
                await writing.WriteAsync(message, _stop.Token);
            }
        }
        catch (Exception ended) when (ended is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // One of both has closed the connection.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
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
