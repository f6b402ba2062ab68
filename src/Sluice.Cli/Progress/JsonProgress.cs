using System.Text.Json;

namespace Sluice.Cli.Progress;

/// <summary>One event a line, for programs: start, progress each second, and end whatever happens.</summary>
sealed class JsonProgress(string file) : LoadProgress
{
    static readonly TimeSpan s_period = TimeSpan.FromSeconds(1);

    internal override void Begin(string table, string target) =>
        Write(new ProgressEvent { Event = "start", File = file, Table = table, Target = target });

    internal override async Task WatchAsync(Task load)
    {
        using var timer = new PeriodicTimer(s_period);
        while (await Task.WhenAny(load, timer.WaitForNextTickAsync().AsTask()).ConfigureAwait(false) != load)
            Show(Latest);
    }

    internal override void End(LoadReport report) => Write(new ProgressEvent { Event = "end", File = file, Report = report });

    internal override void End(ExportReport report) => Write(new ProgressEvent { Event = "end", File = file, Export = report });

    void Show(BulkProgress latest) => Write(new ProgressEvent
    {
        Event = "progress",
        File = file,
        Read = latest.Read,
        Sent = latest.Sent,
        Committed = latest.Committed,
        Chunks = latest.Chunks,
        Bytes = latest.Bytes,
        SourceBytes = latest.Source?.Done,
        SourceTotal = latest.Source?.Total,
        ElapsedSeconds = Math.Round(Elapsed.TotalSeconds, 3),
        RowsPerSecond = Math.Round(latest.Sent / Elapsed.TotalSeconds),
    });

    static void Write(ProgressEvent happened) => Console.Error.WriteLine(JsonSerializer.Serialize(happened, CliJson.Lines.ProgressEvent));
}
