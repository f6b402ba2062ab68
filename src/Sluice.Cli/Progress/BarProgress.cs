using System.Globalization;
using Sluice.Cli.Streams;
using Spectre.Console;

namespace Sluice.Cli.Progress;

/// <summary>A bar over the bytes of the file, which unlike its rows are known beforehand.</summary>
sealed class BarProgress(string file) : LoadProgress
{
    // A load that ends sooner is told by its summary alone; the bar would only flash.
    static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(300);
    static readonly TimeSpan s_period = TimeSpan.FromMilliseconds(100);

    internal override async Task WatchAsync(Task load)
    {
        if (await Task.WhenAny(load, Task.Delay(s_patience)).ConfigureAwait(false) == load)
            return;
        var rows = new RowsColumn();
        await Summary.Terminal.Progress()
            .AutoClear(enabled: true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), rows, new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var task = context.AddTask(Markup.Escape(Readable.Line(file)));
                using var timer = new PeriodicTimer(s_period);
                while (await Task.WhenAny(load, timer.WaitForNextTickAsync().AsTask()).ConfigureAwait(false) != load)
                    Show(task, rows);
            })
            .ConfigureAwait(false);
    }

    internal override void End(LoadReport report) => Summary.WriteTable(report);

    internal override void End(ExportReport report) => Summary.WriteLine(report);

    void Show(ProgressTask task, RowsColumn rows)
    {
        var latest = Latest;
        rows.Text = string.Create(CultureInfo.InvariantCulture, $"{latest.Sent:N0} rows, {latest.Sent / Elapsed.TotalSeconds:N0} rows/s");
        if (latest.Source is { Total: { } total, Done: var done })
        {
            task.MaxValue = Math.Max(total, 1);
            task.Value = done;
            if (done >= total)
                task.Description = $"{Markup.Escape(Readable.Line(file))}: finishing";
        }
        else
        {
            task.IsIndeterminate = true;
        }
    }
}
