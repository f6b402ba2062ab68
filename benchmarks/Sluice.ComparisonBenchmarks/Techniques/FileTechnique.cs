using Sluice.ComparisonBenchmarks.Measuring;
using Sluice.ComparisonBenchmarks.Rows;
using Sluice.ComparisonBenchmarks.Targets;

namespace Sluice.ComparisonBenchmarks.Techniques;

/// <summary>A program that loads the CSV file into the existing table: the whole process counts, from fork to exit.</summary>
public abstract class FileTechnique(Tools tools, CsvFile csv) : Technique
{
    public sealed override bool IsInProcess => false;

    protected Tools Tools => tools;

    public sealed override Task PrepareAsync(Target target, RowSet rows) => csv.MakeAsync(rows);

    public sealed override Task<Usage> MeasureAsync(Target target, RowSet rows)
    {
        var (program, arguments) = Command(target, csv.PathOf(rows));
        return Child.MeasureAsync(tools.Measure, program, arguments);
    }

    protected abstract (string Program, IEnumerable<string> Arguments) Command(Target target, string file);
}
