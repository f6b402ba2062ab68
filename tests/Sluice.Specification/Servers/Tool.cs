using System.ComponentModel;
using System.Diagnostics;

namespace Sluice.Specification.Servers;

/// <summary>Runs another program to its end and gives what it printed.</summary>
public static class Tool
{
    public static async Task<ToolOutput> TryRunAsync(
        string program, IEnumerable<string> arguments, string? input = null, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
            start.Environment[name] = value;
        using var process = Start(start);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return new ToolOutput(process.ExitCode, await output, await errors);
    }

    /// <exception cref="InvalidOperationException">The program ended with another exit code than 0.</exception>
    public static async Task<string> RunAsync(
        string program, IEnumerable<string> arguments, string? input = null, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var output = await TryRunAsync(program, arguments, input, environment);
        return output.ExitCode == 0
            ? output.Text
            : throw new InvalidOperationException($"'{program}' ended with exit code {output.ExitCode}: {output.Errors}{output.Text}");
    }

    static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception missing)
        {
            throw new InvalidOperationException($"'{start.FileName}' could not be started: {missing.Message}. Run ./test, which installs what the tests need.", missing);
        }
    }
}
