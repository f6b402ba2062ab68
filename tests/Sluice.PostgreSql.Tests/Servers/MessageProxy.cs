using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Sluice.PostgreSql.Tests.Servers;

/// <summary>Who sends a message of PostgreSQL's protocol.</summary>
public enum Side
{
    Client,
    Server,
}

/// <summary>What a proxy makes of a message.</summary>
/// <param name="Sent">The bytes that go on in its place.</param>
/// <param name="IsLast">Whether the connection ends with it.</param>
readonly record struct Passed(ReadOnlyMemory<byte> Sent, bool IsLast = false);

/// <summary>Decides about the messages of one connection.</summary>
/// <param name="side">Who sends it.</param>
/// <param name="isStartup">Whether it is the client's first, which has no letter.</param>
/// <param name="message">All of it: a letter, a length that counts itself, and a body.</param>
delegate Passed MessagePass(Side side, bool isStartup, byte[] message);

/// <summary>Stands between clients and a server, and takes their messages one by one.</summary>
/// <remarks>The message formats are those of https://www.postgresql.org/docs/current/protocol-message-formats.html.</remarks>
abstract class MessageProxy : IAsyncDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _stop = new();
    readonly List<Task> _serving = [];
    readonly string _host;
    readonly int _port;
    readonly Task _accepting;

    /// <param name="connectionString">Leads to the server.</param>
    protected MessageProxy(string connectionString)
    {
        var server = new NpgsqlConnectionStringBuilder(connectionString);
        (_host, _port) = (server.Host!, server.Port);
        _listener.Start();
        (server.Host, server.Port, server.SslMode, server.GssEncryptionMode) = ("127.0.0.1", Port, SslMode.Disable, GssEncryptionMode.Disable);
        ConnectionString = server.ConnectionString;
        _accepting = AcceptAsync();
    }

    internal int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The way through the proxy.</summary>
    internal string ConnectionString { get; init; }

    /// <summary>Whether a connection is to end by a reset.</summary>
    protected virtual bool EndsByReset => false;

    /// <summary>Bytes have come, of whichever messages.</summary>
    protected virtual void Heard(Side side, ReadOnlySpan<byte> bytes)
    {
    }

    /// <summary>Decides about the messages of a new connection.</summary>
    protected virtual MessagePass Connected() => static (_, _, message) => new Passed(message);

    async Task AcceptAsync()
    {
        // The rest of the constructors is done first.
        await Task.Yield();
        try
        {
            while (true)
                _serving.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (OperationCanceledException)
        {
            // The test has ended.
        }
    }

    async Task ServeAsync(TcpClient accepted)
    {
        using var client = accepted;
        using var server = new TcpClient { NoDelay = true };
        client.NoDelay = true;
        try
        {
            await server.ConnectAsync(_host, _port, _stop.Token);
            var pass = Connected();
            await await Task.WhenAny(CopyAsync(client, server, Side.Client, pass), CopyAsync(server, client, Side.Server, pass));
        }
        catch (Exception ended) when (ended is IOException or SocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // Either side has gone.
        }
        finally
        {
            client.Client.LingerState = new LingerOption(EndsByReset, 0);
        }
    }

    async Task CopyAsync(TcpClient from, TcpClient to, Side side, MessagePass pass)
    {
        var buffer = new byte[65_536];
        var isStartup = side is Side.Client;
        var filled = 0;
        while (await from.GetStream().ReadAsync(buffer.AsMemory(filled), _stop.Token) is > 0 and var count)
        {
            Heard(side, buffer.AsSpan(filled, count));
            filled += count;
            using var sent = new MemoryStream();
            var (taken, isLast) = (0, false);
            while (!isLast && Length(buffer.AsSpan(taken, filled - taken), isStartup) is { } length && length <= filled - taken)
            {
                var passed = pass(side, isStartup, buffer[taken..(taken + length)]);
                sent.Write(passed.Sent.Span);
                (taken, isLast, isStartup) = (taken + length, passed.IsLast, false);
            }
            await to.GetStream().WriteAsync(sent.GetBuffer().AsMemory(0, (int)sent.Length), _stop.Token);
            if (isLast)
                return;
            buffer.AsSpan(taken, filled - taken).CopyTo(buffer);
            filled -= taken;
            if (filled == buffer.Length)
                Array.Resize(ref buffer, buffer.Length * 2);
        }
    }

    // Null where too little has come to tell.
    static int? Length(ReadOnlySpan<byte> bytes, bool isStartup)
    {
        var letter = isStartup ? 0 : 1;
        return bytes.Length < letter + 4 ? null : letter + BinaryPrimitives.ReadInt32BigEndian(bytes[letter..]);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_serving);
        _stop.Dispose();
    }
}
