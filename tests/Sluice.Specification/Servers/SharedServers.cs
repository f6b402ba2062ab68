using System.Collections.Concurrent;

namespace Sluice.Specification.Servers;

/// <summary>One server a version for all tests of a process, started when first asked for.</summary>
public static class SharedServers
{
    static readonly ConcurrentDictionary<int, Lazy<Task<PostgresServer>>> s_servers = new();

    static SharedServers() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Stop();

    public static Task<PostgresServer> GetAsync(int version) =>
        s_servers.GetOrAdd(version, v => new Lazy<Task<PostgresServer>>(() => PostgresServer.StartAsync(v))).Value;

    static void Stop()
    {
        var running = s_servers.Values.Where(s => s is { IsValueCreated: true, Value.IsCompletedSuccessfully: true });
        Task.WhenAll(running.Select(s => s.Value.GetAwaiter().GetResult().DisposeAsync().AsTask())).GetAwaiter().GetResult();
    }
}
