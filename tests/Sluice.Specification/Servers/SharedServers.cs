using System.Collections.Concurrent;

namespace Sluice.Specification.Servers;

/// <summary>One server a version for all tests of an assembly, started when first asked for, and stopped by the assembly's fixture.</summary>
public sealed class SharedServers : IAsyncDisposable
{
    static readonly ConcurrentDictionary<int, Lazy<Task<PostgresServer>>> s_servers = new();

    public static Task<PostgresServer> GetAsync(int version) =>
        s_servers.GetOrAdd(version, v => new Lazy<Task<PostgresServer>>(() => PostgresServer.StartAsync(v))).Value;

    // Stopped only when the process exits, a server on a busy machine would take longer than the test runner waits.
    public async ValueTask DisposeAsync()
    {
        var running = s_servers.Values.Where(s => s is { IsValueCreated: true, Value.IsCompletedSuccessfully: true });
        await Task.WhenAll(running.Select(async s => await (await s.Value).DisposeAsync()));
    }
}
