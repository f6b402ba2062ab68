namespace Sluice.Cli.Progress;

/// <summary>Shows nothing but what went wrong.</summary>
sealed class NoProgress : LoadProgress
{
    internal override async Task WatchAsync(Task load) => await load.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    internal override void End(LoadReport report) => Summary.WriteError(report);

    internal override void End(ExportReport report) => Summary.WriteError(report);
}
