using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Sluice.Specification.Servers;

/// <summary>A pgbouncer in transaction mode before a server: every transaction may get another connection. Gone when disposed, and when this process dies.</summary>
public sealed class PgBouncer : IAsyncDisposable
{
    const string Keeper = """
        folder=$1; shift
        "$@" >"$folder/log" 2>&1 </dev/null &
        bouncer=$!
        read -r _
        kill -KILL $bouncer 2>/dev/null
        wait
        rm -rf "$folder"
        """;

    readonly Process _keeper;

    PgBouncer(Process keeper, string connectionString)
    {
        _keeper = keeper;
        ConnectionString = connectionString;
    }

    public string ConnectionString { get; }

    /// <summary>Where the program is, or null where it is not installed.</summary>
    public static string? Program { get; } =
        new[] { "/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/usr/local/bin/pgbouncer", "/opt/homebrew/bin/pgbouncer" }.FirstOrDefault(File.Exists);

    /// <param name="serverConnectionString">The server's, as a client that needs no pooler has it.</param>
    /// <param name="poolSize">How many of the server's connections all clients of a database share.</param>
    public static async Task<PgBouncer> StartAsync(string serverConnectionString, int poolSize = 3)
    {
        var server = new NpgsqlConnectionStringBuilder(serverConnectionString);
        var folder = Directory.CreateTempSubdirectory("sluice-pgbouncer").FullName;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var settings = Path.Combine(folder, "pgbouncer.ini");
        await File.WriteAllTextAsync(settings, string.Create(CultureInfo.InvariantCulture, $"""
            [databases]
            * = host={server.Host} port={server.Port} user={server.Username}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {port}
            unix_socket_dir =
            auth_type = any
            pool_mode = transaction
            default_pool_size = {poolSize}
            server_round_robin = 1
            ignore_startup_parameters = extra_float_digits
            """));
        await ServerAccount.OwnAsync(folder);
        var (program, arguments) = ServerAccount.Command([Program!, settings]);
        var keeper = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Keeper, "sh", folder, program, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            WorkingDirectory = "/",
        })!;
        var bouncer = new PgBouncer(keeper, new NpgsqlConnectionStringBuilder(serverConnectionString) { Host = "127.0.0.1", Port = port }.ConnectionString);
        await bouncer.WaitUntilReadyAsync(Path.Combine(folder, "log"));
        return bouncer;
    }

    async Task WaitUntilReadyAsync(string log)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false;No Reset On Close=true;Timeout=5");
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException) when (waited.Elapsed < TimeSpan.FromSeconds(20))
            {
                await Task.Delay(50);
            }
            catch (NpgsqlException refused)
            {
                var said = File.Exists(log) ? await File.ReadAllTextAsync(log) : "";
                await DisposeAsync();
                throw new InvalidOperationException($"pgbouncer did not start: {refused.Message} Its log: {said}", refused);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _keeper.StandardInput.Close();
        await _keeper.WaitForExitAsync();
        _keeper.Dispose();
    }
}
