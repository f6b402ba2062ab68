using Sluice.ComparisonBenchmarks.Targets;

namespace Sluice.ComparisonBenchmarks.Techniques;

/// <summary>psql \copy of the CSV file.</summary>
public sealed class PsqlCsv(Tools tools, CsvFile csv) : FileTechnique(tools, csv)
{
    public override string Name => "psql-csv";

    protected override (string Program, IEnumerable<string> Arguments) Command(Target target, string file) =>
        (Tools.Psql, Psql.Arguments((PostgresTarget)target, $@"\copy metrics from '{file}' csv header"));
}
