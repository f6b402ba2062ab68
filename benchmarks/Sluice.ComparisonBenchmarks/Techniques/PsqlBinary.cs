using Sluice.ComparisonBenchmarks.Measuring;
using Sluice.ComparisonBenchmarks.Rows;
using Sluice.ComparisonBenchmarks.Targets;

namespace Sluice.ComparisonBenchmarks.Techniques;

/// <summary>psql \copy of a binary file, whole process.</summary>
public sealed class PsqlBinary(Tools tools) : Technique
{
    public override string Name => "psql-binary";

    public override bool IsInProcess => false;

    public override Task PrepareAsync(Target target, RowSet rows) => CopyFile.MakeAsync((PostgresTarget)target, rows);

    public override Task<Usage> MeasureAsync(Target target, RowSet rows)
    {
        var postgres = (PostgresTarget)target;
        var command = $@"\copy metrics from '{CopyFile.PathOf(postgres, rows)}' (format binary)";
        return Child.MeasureAsync(tools.Measure, tools.Psql, Psql.Arguments(postgres, command));
    }
}
