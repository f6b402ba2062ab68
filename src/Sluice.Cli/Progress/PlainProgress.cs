using System.Globalization;

namespace Sluice.Cli.Progress;

/// <summary>A line of text every ten seconds, and a last one, for logs.</summary>
sealed class PlainProgress(bool isExport) : LoadProgress
{
    static readonly TimeSpan s_period = TimeSpan.FromSeconds(10);

    TimeSpan _shownAt;
    long _shownRows;

    internal override async Task WatchAsync(Task load)
    {
        using var timer = new PeriodicTimer(s_period);
        while (await Task.WhenAny(load, timer.WaitForNextTickAsync().AsTask()).ConfigureAwait(false) != load)
            Show(Latest.Sent, Latest.Committed);
    }

    internal override void End(LoadReport report)
    {
        if (report is { Read: > 0, Plan: null })
            Show(report.Read, report.Loaded);
        Summary.WriteLine(report);
    }

    internal override void End(ExportReport report)
    {
        if (report.Rows > 0)
            Show(report.Rows, report.Rows);
        Summary.WriteLine(report);
    }

    void Show(long sent, long committed)
    {
        Console.Error.WriteLine(isExport ? Format(Elapsed, sent, Elapsed - _shownAt, sent - _shownRows) : Format(Elapsed, sent, committed, Elapsed - _shownAt, sent - _shownRows));
        (_shownAt, _shownRows) = (Elapsed, sent);
    }

    internal static string Format(TimeSpan elapsed, long sent, long committed, TimeSpan period, long periodRows) => string.Create(
        CultureInfo.InvariantCulture, $"{Rates(elapsed, sent, period, periodRows)}, {sent:N0} rows sent, {committed:N0} committed");

    internal static string Format(TimeSpan elapsed, long written, TimeSpan period, long periodRows) => string.Create(
        CultureInfo.InvariantCulture, $"{Rates(elapsed, written, period, periodRows)}, {written:N0} rows written");

    static string Rates(TimeSpan elapsed, long rows, TimeSpan period, long periodRows) => string.Create(
        CultureInfo.InvariantCulture,
        $"({(long)elapsed.TotalMinutes}m{elapsed.Seconds:00}s), row rate {Rate(periodRows, period):0}/sec (period), row rate {Rate(rows, elapsed):0}/sec (overall)");

    static double Rate(long rows, TimeSpan time) => time > TimeSpan.Zero ? rows / time.TotalSeconds : 0;
}
