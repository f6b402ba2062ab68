namespace Sluice.ComparisonBenchmarks.Workloads;

/// <summary>What the command line asks for.</summary>
public sealed record BenchOptions(Workload Workload)
{
    public const int DefaultWarmUpRows = 1_000_000;

    public int Rows { get; init; } = Workload.DefaultRows;

    public int Runs { get; init; } = Workload.DefaultRuns;

    /// <summary>Whether each run has a new process.</summary>
    public bool IsCold { get; init; }

    /// <summary>Rows that each technique loads before its first warm run.</summary>
    public int WarmUpRows { get; init; } = DefaultWarmUpRows;

    /// <summary>Techniques ("sluice"), databases ("sqlite") or both ("sqlite/sluice"); empty for all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    public string? OutFile { get; init; }

    /// <summary>In a child process: the one case to run.</summary>
    public string? CaseId { get; init; }

    public string State => IsCold ? Case.Cold : Case.Warm;

    public bool Includes(Case @case) => Only.Count == 0 || Only.Any(o =>
        o == @case.Technique.Name || o == @case.Target.Name || o == $"{@case.Target.Name}/{@case.Technique.Name}");

    public static BenchOptions Parse(string[] args)
    {
        var workload = Workload.All.FirstOrDefault(w => w.Name == args[0])
            ?? throw new UsageException($"There is no workload '{args[0]}'. There are: {string.Join(", ", Workload.All.Select(w => w.Name))}.");
        var options = new BenchOptions(workload);
        for (var i = 1; i < args.Length; i++)
        {
            string Value() => ++i < args.Length ? args[i] : throw new UsageException($"'{args[^1]}' needs a value.");
            options = args[i] switch
            {
                "--rows" => options with { Rows = Number(Value()) },
                "--runs" => options with { Runs = Number(Value()) },
                "--warm-up" => options with { WarmUpRows = Number(Value()) },
                "--cold" => options with { IsCold = true },
                "--only" => options with { Only = Value().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) },
                "--out" => options with { OutFile = Value() },
                "--case" => options with { CaseId = Value() },
                var other => throw new UsageException(
                    $"'{other}' is not an option of the bench. It takes --rows N, --runs K, --warm-up N, --cold, --only a,b and --out FILE."),
            };
        }
        return options;
    }

    static int Number(string text) => int.TryParse(text.Replace("_", "", StringComparison.Ordinal), out var number) && number > 0
        ? number
        : throw new UsageException($"'{text}' is not a whole number above 0.");
}
