using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Sluice.Specification.Servers;

/// <summary>A private PostgreSQL server in a temporary folder, gone when disposed, and also when this process dies.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    // A line asks the shell to restart the server. The end of its standard input comes with our end however we end; then it takes the server down, at once
    // and without the checkpoint that a busy machine would take long over: its folder goes anyway.
    const string Keeper = """
        folder=$1; shift
        start() { "$@" >>"$folder/log" 2>&1 </dev/null & server=$!; echo $server; }
        start "$@"
        while read -r _; do
            kill -INT $server 2>/dev/null
            wait $server
            start "$@"
        done
        kill -QUIT $server 2>/dev/null
        for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
            kill -0 $server 2>/dev/null || break
            sleep 0.1
        done
        kill -KILL $server 2>/dev/null
        wait
        rm -rf "$folder"
        """;

    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    readonly string _folder;
    readonly string _bin;
    readonly PostgresServerOptions _options;
    Process? _keeper;

    PostgresServer(int version, string folder, string bin, PostgresServerOptions options)
    {
        Version = version;
        _folder = folder;
        _bin = bin;
        _options = options;
    }

    public int Version { get; }

    public int Port { get; private set; }

    public int ProcessId { get; private set; }

    public string LogPath => Path.Combine(_folder, "log");

    public string ConnectionString => ConnectionStringFor("postgres");

    public string ConnectionStringFor(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = Port,
        Username = "postgres",
        Password = _options.Password,
        Database = database,
        GssEncryptionMode = GssEncryptionMode.Disable,
    }.ConnectionString;

    /// <exception cref="InvalidOperationException">The version is not installed, or the server did not start; the message holds its log.</exception>
    public static async Task<PostgresServer> StartAsync(int version, PostgresServerOptions? options = null)
    {
        var bin = ServerBinaries.Find(version)
            ?? throw new InvalidOperationException($"PostgreSQL {version} is not installed. Run ./test, which installs it, or set SLUICE_PG{version}_BIN to the folder of its programs.");
        var folder = Directory.CreateTempSubdirectory("sluice-pg").FullName;
        var server = new PostgresServer(version, folder, await ServerAccount.MakeReachableAsync(bin, folder), options ?? new());
        try
        {
            await server.InitializeAsync();
            await server.StartAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    async Task InitializeAsync()
    {
        var password = Path.Combine(_folder, "password");
        await File.WriteAllTextAsync(password, _options.Password ?? "unused");
        await ServerAccount.OwnAsync(_folder);
        string[] initdb =
        [
            Path.Combine(_bin, "initdb"), "--pgdata", Path.Combine(_folder, "data"), "--username=postgres", "--encoding=UTF8", "--no-locale", "--no-sync",
            $"--auth={(_options.Password is null ? "trust" : "scram-sha-256")}", $"--pwfile={password}",
        ];
        var (program, arguments) = ServerAccount.Command(initdb);
        await Tool.RunAsync(program, arguments);
    }

    async Task StartAsync()
    {
        Port = FreePort();
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["port"] = Port.ToString(CultureInfo.InvariantCulture),
            ["listen_addresses"] = "127.0.0.1",
            ["unix_socket_directories"] = _folder,
            ["max_connections"] = "100",
            ["fsync"] = "off",
            ["timezone"] = "UTC",
            ["log_timezone"] = "UTC",
            ["lc_messages"] = "C",
        };
        foreach (var (name, value) in _options.Settings)
            settings[name] = value;
        string[] postgres = [Path.Combine(_bin, "postgres"), "-D", Path.Combine(_folder, "data"), .. settings.SelectMany(s => new[] { "-c", $"{s.Key}={s.Value}" })];
        var (program, arguments) = ServerAccount.Command(postgres);
        var start = new ProcessStartInfo("/bin/sh", ["-c", Keeper, "sh", _folder, program, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = "/",
        };
        _keeper = Process.Start(start)!;
        ProcessId = int.Parse((await _keeper.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
        await WaitUntilReadyAsync();
    }

    /// <summary>Ends every connection and starts the server again, at the same port and with the same data.</summary>
    public async Task RestartAsync()
    {
        await _keeper!.StandardInput.WriteLineAsync();
        await _keeper.StandardInput.FlushAsync();
        ProcessId = int.Parse((await _keeper.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
        await WaitUntilReadyAsync();
    }

    async Task WaitUntilReadyAsync()
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false;Timeout=5");
                await connection.OpenAsync();
                return;
            }
            // Between fork and exec, on a busy machine for a while, a process has no command line yet.
            catch (NpgsqlException) when (waited.Elapsed < s_patience && (waited.Elapsed < TimeSpan.FromSeconds(5) || IsAlive()))
            {
                await Task.Delay(50);
            }
            catch (NpgsqlException refused)
            {
                var log = File.Exists(LogPath) ? await File.ReadAllTextAsync(LogPath) : "";
                throw new InvalidOperationException($"PostgreSQL {Version} did not start on port {Port}: {refused.Message} Its log: {log}", refused);
            }
        }
    }

    // A process that has ended but was not waited for yet still has a folder in /proc, but no command line.
    bool IsAlive()
    {
        try
        {
            return !Directory.Exists("/proc/self") || File.ReadAllText($"/proc/{ProcessId}/cmdline").Length > 0;
        }
        catch (IOException)
        {
            return false;
        }
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        if (_keeper is { } keeper)
        {
            keeper.StandardInput.Close();
            await keeper.WaitForExitAsync();
            keeper.Dispose();
            _keeper = null;
        }
        else if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}
