using System.Diagnostics;

namespace Sluice.Cli.Progress;

/// <summary>
/// Shows how far a load or an export is. The working thread only leaves its latest figures here; whoever shows them comes by on its own
/// time.
/// </summary>
abstract class LoadProgress : IProgress<BulkProgress>
{
    readonly Lock _lock = new();
    readonly long _begun = Stopwatch.GetTimestamp();
    BulkProgress _latest;

    /// <summary>The figures after the latest chunk.</summary>
    internal BulkProgress Latest
    {
        get
        {
            lock (_lock)
                return _latest;
        }
    }

    /// <summary>Time since the file was opened.</summary>
    protected TimeSpan Elapsed => Stopwatch.GetElapsedTime(_begun);

    public void Report(BulkProgress value)
    {
        lock (_lock)
            _latest = value;
    }

    internal static LoadProgress For(ProgressKind kind, string file, bool isExport = false) => Decide(kind) switch
    {
        ProgressKind.Bar => new BarProgress(file),
        ProgressKind.Json => new JsonProgress(file),
        ProgressKind.None => new NoProgress(),
        _ => new PlainProgress(isExport),
    };

    /// <summary>
    /// What <see cref="ProgressKind.Auto"/> means here: no control characters reach a file, a CI log or a terminal that asked for none.
    /// </summary>
    internal static ProgressKind Decide(ProgressKind kind) => kind switch
    {
        ProgressKind.Auto when Console.IsErrorRedirected || IsSet("CI") || IsSet("NO_COLOR")
            || Environment.GetEnvironmentVariable("TERM") is null or "" or "dumb" =>
            ProgressKind.Plain,
        ProgressKind.Auto => ProgressKind.Bar,
        _ => kind,
    };

    /// <summary>Says that the load begins.</summary>
    internal virtual void Begin(string table, string target)
    {
    }

    /// <summary>Shows progress until the load has ended, however it ends; the failure is left for whoever awaits the load itself.</summary>
    internal abstract Task WatchAsync(Task load);

    /// <summary>Says what became of the load; called once for every file, also where the load never began.</summary>
    internal abstract void End(LoadReport report);

    /// <summary>Says what became of an export.</summary>
    internal abstract void End(ExportReport report);

    static bool IsSet(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 };
}
