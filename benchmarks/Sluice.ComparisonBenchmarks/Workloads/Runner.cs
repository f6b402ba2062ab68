using Sluice.ComparisonBenchmarks.Measuring;

namespace Sluice.ComparisonBenchmarks.Workloads;

/// <summary>Runs a workload's cases in turns, so that a machine that slows down slows down everyone.</summary>
public sealed class Runner(Scene scene, BenchOptions options, string[] args, JsonLines output)
{
    readonly Dictionary<Case, List<Measurement>> _runs = [];

    public async Task RunAsync()
    {
        var cases = options.Workload.Cases(scene, options).Where(options.Includes).ToList();
        if (cases.Count == 0)
            throw new UsageException($"--only {string.Join(',', options.Only)} leaves no technique of '{options.Workload.Name}'.");
        output.Write(await Environments.DescribeAsync(scene, options));
        foreach (var @case in cases)
        {
            _runs[@case] = [];
            await @case.Technique.PrepareAsync(@case.Target, @case.Rows);
        }
        foreach (var @case in cases.Where(c => c.State == Case.Warm && c.Technique.IsInProcess))
            await WarmUpAsync(@case);
        // Methods that became hot are compiled in the background; the first round must not pay for that.
        await Task.Delay(TimeSpan.FromSeconds(1));

        for (var run = 1; run <= options.Runs; run++)
        {
            foreach (var @case in cases.Where(c => run <= c.Technique.MostRuns))
                await RunAsync(@case, run);
        }
        Report(cases);
    }

    /// <summary>In a child process: one run, whose usage is the only line on the standard output.</summary>
    public static async Task<Usage> RunCaseAsync(Scene scene, BenchOptions options)
    {
        var @case = options.Workload.Cases(scene, options).First(c => c.Id == options.CaseId);
        return await @case.Technique.MeasureAsync(@case.Target, @case.Rows);
    }

    async Task WarmUpAsync(Case @case)
    {
        Progress($"{@case}: warming up");
        // A technique that is not worth many rows is not worth warming with many.
        var rows = Math.Min(options.WarmUpRows, @case.Technique.MostRows);
        for (var done = 0; done < rows; done += @case.Rows.Count)
        {
            await options.Workload.ResetAsync(@case, options);
            await @case.Technique.MeasureAsync(@case.Target, @case.Rows);
        }
    }

    async Task RunAsync(Case @case, int run)
    {
        await options.Workload.ResetAsync(@case, options);
        var usage = @case.HasOwnProcess
            ? await Child.ReportAsync(Environment.ProcessPath!, [.. args, "--case", @case.Id])
            : await @case.Technique.MeasureAsync(@case.Target, @case.Rows);
        await options.Workload.CheckAsync(@case);
        var measurement = Measurement.Of(@case, usage, run);
        _runs[@case].Add(measurement);
        output.Write(measurement.ToJson());
        Progress($"{@case}: run {run}, {measurement.RowsPerSecond:N0} rows/s, {measurement.ClientCpuSeconds:N2} s of client CPU");
    }

    void Report(List<Case> cases)
    {
        var medians = new Medians([.. cases.Select(c => Measurement.MedianOf(_runs[c]))]);
        foreach (var median in medians.All)
            output.Write(median.ToJson());
        foreach (var goal in options.Workload.Goals(options))
        {
            if (goal.Evaluate(medians) is { } result)
                output.Write(result.ToJson());
        }
    }

    static void Progress(string text) => Console.Error.WriteLine(text);
}
