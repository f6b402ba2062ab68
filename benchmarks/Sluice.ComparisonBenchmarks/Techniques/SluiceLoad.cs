using Sluice.ComparisonBenchmarks.Targets;

namespace Sluice.ComparisonBenchmarks.Techniques;

/// <summary>sluice load, as published.</summary>
public sealed class SluiceLoad(Tools tools, CsvFile csv) : FileTechnique(tools, csv)
{
    public override string Name => "sluice";

    protected override (string Program, IEnumerable<string> Arguments) Command(Target target, string file)
    {
        var to = target is PostgresTarget postgres ? postgres.ConnectionString : ((SqliteTarget)target).File;
        return (Tools.Sluice, ["load", file, "--to", to, "--table", "metrics", "--progress", "none"]);
    }
}
