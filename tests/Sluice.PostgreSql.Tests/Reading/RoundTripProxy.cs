using System.Net;
using System.Net.Sockets;

namespace Sluice.PostgreSql.Tests.Reading;

/// <summary>Stands between a client and a server and counts round trips: how often the client speaks after the server has.</summary>
sealed class RoundTripProxy : IAsyncDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _stop = new();
    readonly string _host;
    readonly int _port;
    readonly byte[] _marker;
    readonly Task _accepting;
    int _turns;
    int _atMarker;

    /// <param name="host">The server's.</param>
    /// <param name="port">The server's.</param>
    /// <param name="marker">What the first row holds.</param>
    internal RoundTripProxy(string host, int port, string marker)
    {
        (_host, _port, _marker) = (host, port, System.Text.Encoding.UTF8.GetBytes(marker));
        _listener.Start();
        _accepting = AcceptAsync();
    }

    internal int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Round trips from here on are counted.</summary>
    internal void Begin() => (_turns, _atMarker) = (0, 0);

    /// <summary>The round trips so far.</summary>
    internal int Turns => Volatile.Read(ref _turns);

    /// <summary>The round trips until the server sent the first row; 0 where it has not.</summary>
    internal int TurnsToFirstRow => Volatile.Read(ref _atMarker);

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
        using var server = new TcpClient();
        await server.ConnectAsync(_host, _port, _stop.Token);
        var isServersTurn = false;
        await Task.WhenAny(
            CopyAsync(client, server, _ =>
            {
                if (!Volatile.Read(ref isServersTurn))
                    Interlocked.Increment(ref _turns);
                Volatile.Write(ref isServersTurn, true);
            }),
            CopyAsync(server, client, sent =>
            {
                Volatile.Write(ref isServersTurn, false);
                if (sent.Span.IndexOf(_marker) >= 0)
                    Interlocked.CompareExchange(ref _atMarker, Volatile.Read(ref _turns), 0);
            }));
    }

    async Task CopyAsync(TcpClient from, TcpClient to, Action<ReadOnlyMemory<byte>> sees)
    {
        var buffer = new byte[65_536];
        while (await from.GetStream().ReadAsync(buffer, _stop.Token) is > 0 and var count)
        {
            sees(buffer.AsMemory(0, count));
            await to.GetStream().WriteAsync(buffer.AsMemory(0, count), _stop.Token);
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
