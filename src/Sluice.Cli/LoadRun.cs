using System.Text.Json;
using Sluice.Cli.Progress;
using Sluice.Cli.Streams;

namespace Sluice.Cli;

/// <summary>The loads of one command, file after file, each a load of its own.</summary>
sealed class LoadRun(LoadOptions options)
{
    /// <returns>The exit code: that of the load that went worst.</returns>
    internal async Task<int> RunAsync()
    {
        using var signals = new Signals("load");
        var database = NewDatabase.Of(options.Target);
        var exitCode = ExitCode.Failed;
        try
        {
            return exitCode = await LoadAsync(signals).ConfigureAwait(false);
        }
        finally
        {
            // Without a table it holds nothing that anyone asked for.
            if (database is not null && (exitCode != ExitCode.Done || options.DryRun is not DryRunKind.None))
                await database.RemoveIfEmptyAsync().ConfigureAwait(false);
        }
    }

    async Task<int> LoadAsync(Signals signals)
    {
        var engine = options.Target.Open();
        await using var disposal = engine.ConfigureAwait(false);
        var exitCode = ExitCode.Done;
        foreach (var file in options.Input is { } input ? [input.Describe()] : options.Files)
        {
            var progress = LoadProgress.For(options.Progress, file);
            var report = await new SourceLoad(engine, options, file, progress).RunAsync(signals).ConfigureAwait(false);
            if (options.Json || Console.IsOutputRedirected)
                await PrintAsync(report).ConfigureAwait(false);
            exitCode = ExitCode.Worse(exitCode, report.Error?.ExitCode ?? ExitCode.Done);
            if (signals.ExitCode != 0 || exitCode == ExitCode.Unreachable)
                break;
        }
        return exitCode;
    }

    // Whoever reads the result has gone, or its disk is full; the rows are loaded all the same.
    static Task PrintAsync(LoadReport report) => ResultStream.TryWriteAsync(JsonSerializer.Serialize(report, CliJson.Lines.LoadReport));
}
