using System.Globalization;
using System.Text;
using Sluice.Cli.Streams;
using Sluice.Loading;
using Sluice.Planning;

namespace Sluice.Cli;

/// <summary>A load without its writing: the plan, and every row of the file held against the table by the load's own rules.</summary>
sealed class DryRun(Engine engine, LoadOptions options, string file)
{
    const string MisfitCode = "SLU0405";

    // By column; those of no column have none.
    readonly Dictionary<string, Misfits> _misfits = new(StringComparer.Ordinal);

    /// <exception cref="BulkPlanException">File and table do not fit together.</exception>
    internal async Task<LoadReport> RunAsync(RowSource rows, TargetTable target, CancellationToken cancellationToken)
    {
        var begun = System.Diagnostics.Stopwatch.GetTimestamp();
        var table = target.Description;
        var result = await new RowMoves(engine, options).CheckAsync(rows, target, Note, cancellationToken).ConfigureAwait(false);
        var elapsed = System.Diagnostics.Stopwatch.GetElapsedTime(begun).TotalSeconds;
        return new LoadReport
        {
            Status = "planned",
            File = file,
            Table = table.QualifiedName,
            Target = engine.Target.Trim('\''),
            Read = result.Read,
            Remaining = result.Read,
            ElapsedSeconds = Math.Round(elapsed, 6),
            RowsPerSecond = Math.Round(result.Read / Math.Max(elapsed, 1e-6)),
            Plan = (target.IsFound ? result.Plan.ToString() : PlanOfNew(table)) + Checked(result),
            Error = _misfits.Count == 0
                ? null
                : new LoadError { ExitCode = ExitCode.Failed, Code = MisfitCode, Message = Describe(table, result), IsList = true },
        };
    }

    void Note(Failure refused)
    {
        var column = refused.ColumnName ?? "";
        if (!_misfits.TryGetValue(column, out var misfits))
            _misfits.Add(column, misfits = new Misfits());
        misfits.Add(refused);
    }

    static string Checked(CheckResult result)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{"rows",-10} {result.Read:N0} read and checked, none sent\n");
        foreach (var left in result.NotChecked)
            text.Append(CultureInfo.InvariantCulture, $"{"unchecked",-10} {left}, which only the database knows\n");
        return text.ToString();
    }

    string Describe(Table table, CheckResult result)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture,
            $"{_misfits.Values.Sum(m => m.Rows)} of {result.Read} rows do not fit table '{Readable.Line(table.QualifiedName)}'.");
        foreach (var (column, misfits) in _misfits.OrderBy(m => PlaceOf(result.Plan, m.Key)))
        {
            var first = misfits.First!;
            text.Append(column.Length == 0 ? "\n  " : $"\n  Column '{Readable.Line(column)}': ")
                .Append(CultureInfo.InvariantCulture, $"{misfits.Rows} rows, the first is row {first.RowNumber}")
                .Append(first.Location is null ? "" : $" ({Readable.Line(first.Location)})")
                .Append(": ").Append(Readable.Line(first.Problem + (first.Value is null ? "" : $" (value '{first.Value}')")))
                .Append(". ").Append(Readable.Line(first.Remedy.Command ?? first.Remedy.Text));
        }
        return text.Append($"\n{Kept.NothingSent} ({MisfitCode})").ToString();
    }

    static int PlaceOf(BulkPlan plan, string column) =>
        plan.Columns.Where(c => c.Target.Name == column).Select(c => c.FieldIndex).FirstOrDefault(int.MaxValue);

    string PlanOfNew(Table table)
    {
        var text = new StringBuilder($"{"operation",-10} insert {Readable.Line(file)} into {Readable.Line(table.QualifiedName)}, which is created\n");
        foreach (var column in table.Columns)
            text.Append(CultureInfo.InvariantCulture,
                $"{"column",-10} {Readable.Line(column.Name)} {column.Type}{(column.IsNullable ? "" : " not null")}\n");
        if (table.PrimaryKey.Count > 0)
            text.Append(CultureInfo.InvariantCulture, $"{"key",-10} {Readable.Line(string.Join(", ", table.PrimaryKey))}\n");
        return text.ToString();
    }
}
