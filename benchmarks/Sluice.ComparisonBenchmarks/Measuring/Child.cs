using System.Diagnostics;
using System.Text.Json;

namespace Sluice.ComparisonBenchmarks.Measuring;

/// <summary>Runs other programs.</summary>
public static class Child
{
    /// <summary>Runs a program that prints its usage as one line of JSON.</summary>
    public static async Task<Usage> ReportAsync(string program, params IEnumerable<string> arguments) =>
        JsonSerializer.Deserialize<Usage>(await RunAsync(program, arguments))!;

    /// <summary>Measures a whole process, from fork to exit.</summary>
    /// <param name="measure">The program built from native/measure.c.</param>
    /// <param name="program">What is measured.</param>
    /// <param name="arguments">Its arguments.</param>
    public static async Task<Usage> MeasureAsync(string measure, string program, params IEnumerable<string> arguments)
    {
        var report = Path.GetTempFileName();
        try
        {
            await RunAsync(measure, [report, program, .. arguments]);
            return JsonSerializer.Deserialize<Usage>(await File.ReadAllTextAsync(report))!;
        }
        finally
        {
            File.Delete(report);
        }
    }

    /// <summary>Runs a program to its end and returns what it printed.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message holds what it said.</exception>
    public static async Task<string> RunAsync(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"'{program}' exited with {process.ExitCode}: {await errors}{await output}");
        return await output;
    }
}
