using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Sluice.PostgreSql.Tests.Faults;

/// <summary>Who sends a message of PostgreSQL's protocol.</summary>
public enum Side
{
    Client,
    Server,
}

/// <summary>Where a connection is cut: at a message of one side, counted from when the proxy was armed.</summary>
/// <param name="By">Whose message it is.</param>
/// <param name="Message">Its place, from 0.</param>
/// <param name="Within">Whether half of it goes through.</param>
/// <param name="Nonsense">Whether it goes through with other bytes than it has.</param>
public sealed record Cut(Side By, int Message, bool Within, bool Nonsense = false)
{
    public override string ToString() => $"{(Nonsense ? "nonsense for" : Within ? "within" : "before")} message {Message} of the {By}";

    /// <summary>What goes through of a message.</summary>
    internal ReadOnlyMemory<byte> Harmed(byte[] message)
    {
        if (!Nonsense)
            return message.AsMemory(0, Within ? message.Length / 2 : 0);
        // Another type now and then, else another body of the length that it says.
        var first = Message % 3 == 0 ? 0 : 5;
        for (var i = first; i < message.Length; i++)
            message[i] ^= i is > 0 and < 5 ? (byte)0 : (byte)0x5a;
        return message;
    }
}

/// <summary>Stands between a client and a server, takes their messages one by one, and cuts the connection at one of them.</summary>
/// <remarks>The message formats are those of https://www.postgresql.org/docs/current/protocol-message-formats.html.</remarks>
sealed class CutProxy : IAsyncDisposable
{
    const int CancelRequest = 80_877_102;

    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _stop = new();
    readonly Lock _lock = new();
    readonly List<Task> _serving = [];
    readonly string _host;
    readonly int _port;
    readonly Task _accepting;
    readonly int[] _passed = new int[2];
    Cut? _cut;

    internal CutProxy(string connectionString)
    {
        var server = new NpgsqlConnectionStringBuilder(connectionString);
        (_host, _port) = (server.Host!, server.Port);
        _listener.Start();
        ConnectionString = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Host = "127.0.0.1",
            Port = ((IPEndPoint)_listener.LocalEndpoint).Port,
            SslMode = SslMode.Disable,
            GssEncryptionMode = GssEncryptionMode.Disable,
            ApplicationName = "cut",
            Timeout = 20,
        }.ConnectionString;
        _accepting = AcceptAsync();
    }

    /// <summary>The way through the proxy.</summary>
    internal string ConnectionString { get; }

    /// <summary>Whether the cut that the proxy was armed with has been made.</summary>
    internal bool HasCut { get; private set; }

    /// <summary>Counts messages from here on, and cuts at one of them; null for none.</summary>
    internal void Arm(Cut? cut)
    {
        lock (_lock)
        {
            _passed.AsSpan().Clear();
            HasCut = false;
            _cut = cut;
        }
    }

    /// <summary>How many messages have passed since.</summary>
    internal (int Client, int Server) Passed => (_passed[0], _passed[1]);

    async Task AcceptAsync()
    {
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
            var startup = await ReadAsync(client, headerBytes: 4);
            var isCancel = startup is { Length: 16 } && BinaryPrimitives.ReadInt32BigEndian(startup.AsSpan(4)) == CancelRequest;
            if (startup is null || !await PassAsync(startup, server, Side.Client, counts: !isCancel))
                return;
            await await Task.WhenAny(CopyAsync(client, server, Side.Client), CopyAsync(server, client, Side.Server));
        }
        catch (Exception ended) when (ended is IOException or SocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // Either side has gone.
        }
        finally
        {
            client.Client.LingerState = new LingerOption(HasCut && _cut is { Within: false, Nonsense: false }, 0);
        }
    }

    async Task CopyAsync(TcpClient from, TcpClient to, Side side)
    {
        while (await ReadAsync(from, headerBytes: 5) is { } message && await PassAsync(message, to, side, counts: true))
        {
            // The next one.
        }
    }

    async Task<bool> PassAsync(byte[] message, TcpClient to, Side side, bool counts)
    {
        var isCut = counts && IsCut(side);
        await to.GetStream().WriteAsync(isCut ? _cut!.Harmed(message) : message, _stop.Token);
        return !isCut;
    }

    bool IsCut(Side side)
    {
        lock (_lock)
        {
            var place = _passed[(int)side]++;
            if (HasCut || _cut is null || _cut.By != side || _cut.Message != place)
                return false;
            return HasCut = true;
        }
    }

    async Task<byte[]?> ReadAsync(TcpClient from, int headerBytes)
    {
        var header = new byte[headerBytes];
        if (await from.GetStream().ReadAtLeastAsync(header, headerBytes, throwOnEndOfStream: false, _stop.Token) < headerBytes)
            return null;
        var message = new byte[headerBytes - 4 + BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(headerBytes - 4))];
        header.CopyTo(message, 0);
        await from.GetStream().ReadExactlyAsync(message.AsMemory(headerBytes), _stop.Token);
        return message;
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
