using System.Diagnostics;
using Sluice.Specification.Servers;

namespace Sluice.Cli.Tests.Runs;

/// <summary>The built command, run as a process of its own.</summary>
static class SluiceProgram
{
    internal static readonly string Path = System.IO.Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "Sluice.Cli.exe" : "Sluice.Cli");

    // Whoever runs the tests may have these; what a test means must not depend on it.
    static readonly string[] s_unset = ["SLUICE_TO", "SLUICE_DEBUG", "PGHOST", "PGPORT", "PGUSER", "PGPASSWORD", "PGDATABASE", "PGPASSFILE"];

    internal static async Task<ToolOutput> RunAsync(
        string folder, IEnumerable<string> arguments, byte[]? input = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        using var process = Start(folder, arguments, environment);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        if (input is not null)
            await process.StandardInput.BaseStream.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return new ToolOutput(process.ExitCode, await output, await errors);
    }

    internal static Process Start(string folder, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(Path, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (var name in s_unset)
            start.Environment.Remove(name);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
