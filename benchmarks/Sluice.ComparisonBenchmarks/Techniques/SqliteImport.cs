using Sluice.ComparisonBenchmarks.Targets;

namespace Sluice.ComparisonBenchmarks.Techniques;

/// <summary>.import of the SQLite shell, which stores an empty field as an empty text where others store null.</summary>
public sealed class SqliteImport(Tools tools, CsvFile csv) : FileTechnique(tools, csv)
{
    public override string Name => "sqlite3-import";

    protected override (string Program, IEnumerable<string> Arguments) Command(Target target, string file) =>
        (Tools.Sqlite3, ["-bail", ((SqliteTarget)target).File, "PRAGMA synchronous = NORMAL", $".import --csv --skip 1 '{file}' metrics"]);
}
