using System.Globalization;
using System.Text;
using Sluice.Cli.Streams;
using Sluice.Rows;

namespace Sluice.Cli;

/// <summary>A load without its writing: the plan, and every row of the file held against the table.</summary>
sealed class DryRun(Engine engine, LoadOptions options, string file)
{
    const string MisfitCode = "SLU0405";
    const int BlockRows = 1_024;

    readonly SortedDictionary<int, Misfits> _misfits = [];
    long _read;

    /// <exception cref="BulkPlanException">File and table do not fit together.</exception>
    internal async Task<LoadReport> RunAsync(RowSource rows, TargetTable target, CancellationToken cancellationToken)
    {
        var begun = System.Diagnostics.Stopwatch.GetTimestamp();
        var table = target.Description;
        var plan = target.IsFound
            ? (await new RowMoves(engine, options).PlanAsync(rows, table, options.Writing, cancellationToken).ConfigureAwait(false)).ToString()
            : PlanOfNew(table);
        var fields = await rows.Accept(new Checking(this, table, cancellationToken)).ConfigureAwait(false);
        var elapsed = System.Diagnostics.Stopwatch.GetElapsedTime(begun).TotalSeconds;
        return new LoadReport
        {
            Status = "planned",
            File = file,
            Table = table.QualifiedName,
            Target = engine.Target.Trim('\''),
            Read = _read,
            Remaining = _read,
            ElapsedSeconds = Math.Round(elapsed, 6),
            RowsPerSecond = Math.Round(_read / Math.Max(elapsed, 1e-6)),
            Plan = plan + string.Create(CultureInfo.InvariantCulture, $"{"rows",-10} {_read:N0} read and checked, none sent\n"),
            Error = _misfits.Count == 0
                ? null
                : new LoadError { ExitCode = ExitCode.Failed, Code = MisfitCode, Message = Describe(table, fields), IsList = true },
        };
    }

    sealed class Checking(DryRun run, Table table, CancellationToken cancellationToken) : IRowSourceVisitor<IReadOnlyList<RowField>>
    {
        public async Task<IReadOnlyList<RowField>> Visit<T>(RowSource<T> source)
        {
            var shape = source.Bind(table);
            await run.CheckAsync(source, shape, [.. shape.Fields.Select(f => ColumnOf(table, f))], cancellationToken).ConfigureAwait(false);
            return shape.Fields;
        }

        public Task<IReadOnlyList<RowField>> VisitRuns(IEnumerable<RowSource<object?[]>> runs) => throw new NotSupportedException();
    }

    async Task CheckAsync<T>(RowSource<T> rows, RowShape<T> shape, Column?[] columns, CancellationToken cancellationToken)
    {
        var block = new T[BlockRows];
        while (await rows.ReadAsync(block, cancellationToken).ConfigureAwait(false) is > 0 and var count)
        {
            var checkedRows = 0;
            while (checkedRows < count)
                checkedRows += Check(rows, shape, columns, block.AsSpan(checkedRows, count - checkedRows), _read + checkedRows);
            _read += count;
        }
    }

    /// <summary>Checks rows up to and with the first that does not fit.</summary>
    int Check<T>(RowSource<T> source, RowShape<T> shape, Column?[] columns, ReadOnlySpan<T> rows, long ordinal)
    {
        var sink = new CheckSink(columns);
        try
        {
            shape.Write(rows, ref sink);
            return rows.Length;
        }
        catch (ValueException refused)
        {
            var field = refused.Field >= 0 ? refused.Field : sink.Field;
            if (!_misfits.TryGetValue(field, out var misfits))
            {
                var value = options.Writing.Faults.IncludeValues && refused.Value is { } text
                    ? $" (value '{(text.Length > 64 ? text[..64] + "…" : text)}')"
                    : "";
                _misfits.Add(field, misfits = new Misfits(ordinal + sink.Rows + 1, source.Locate(rows[sink.Rows]), $"{refused.Problem}{value}. {refused.Remedy}"));
            }
            misfits.Rows++;
            return sink.Rows + 1;
        }
    }

    string Describe(Table table, IReadOnlyList<RowField> fields)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture,
            $"{_misfits.Values.Sum(m => m.Rows)} of {_read} rows do not fit table '{Readable.Line(table.QualifiedName)}'.");
        foreach (var (field, misfits) in _misfits)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"\n  Column '{Readable.Line(fields[field].Name)}': {misfits.Rows} rows, the first is row {misfits.FirstRow}")
                .Append(misfits.FirstLocation is null ? "" : $" ({Readable.Line(misfits.FirstLocation)})").Append(": ").Append(Readable.Line(misfits.Problem));
        }
        return text.Append($"\n{Kept.NothingSent} ({MisfitCode})").ToString();
    }

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

    static Column? ColumnOf(Table table, RowField field) => table.TryGetColumn(field.Name, out var column) ? column : null;
}
