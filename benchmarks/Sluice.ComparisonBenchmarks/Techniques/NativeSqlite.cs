using System.Globalization;
using Sluice.ComparisonBenchmarks.Measuring;
using Sluice.ComparisonBenchmarks.Rows;
using Sluice.ComparisonBenchmarks.Targets;

namespace Sluice.ComparisonBenchmarks.Techniques;

/// <summary>The limit on SQLite: a C program that binds and steps prepared statements (native/insert.c), which times itself.</summary>
public sealed class NativeSqlite(Tools tools, int rowsPerStatement) : Technique
{
    public override string Name => rowsPerStatement == 1 ? "c-1-row" : $"c-{rowsPerStatement}-rows";

    public override bool IsInProcess => false;

    public override Task<Usage> MeasureAsync(Target target, RowSet rows) => Child.ReportAsync(
        tools.NativeInsert,
        ((SqliteTarget)target).File,
        rows.Count.ToString(CultureInfo.InvariantCulture),
        rowsPerStatement.ToString(CultureInfo.InvariantCulture));
}
