using System.Text.Json;
using Sluice.ComparisonBenchmarks.Measuring;
using Sluice.ComparisonBenchmarks.Workloads;

try
{
    if (args is ["table", ..])
        return TableCommand.Run(args[1..]);
    if (args.Length == 0)
        throw new UsageException($"Name a workload: {string.Join(", ", Workload.All.Select(w => w.Name))}.");
    var options = BenchOptions.Parse(args);
    var scene = Scene.FromEnvironment();
    if (options.CaseId is not null)
    {
        Console.Out.WriteLine(JsonSerializer.Serialize(await Runner.RunCaseAsync(scene, options)));
        return 0;
    }
    using var output = new JsonLines(options.OutFile is { } file ? File.CreateText(file) : null);
    await new Runner(scene, options, args, output).RunAsync();
    return 0;
}
catch (UsageException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}
catch (Exception e)
{
    Console.Error.WriteLine(e);
    return 1;
}
