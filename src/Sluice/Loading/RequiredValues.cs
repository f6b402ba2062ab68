using Sluice.Planning;
using Sluice.Providers;
using Sluice.Rows;

namespace Sluice.Loading;

/// <summary>Finds rows without a value for a column that takes no null, as the database will when they are inserted.</summary>
sealed class RequiredValues<T>
{
    // Each may put a value there before the database looks.
    const TableTraits Unsure = TableTraits.Triggers | TableTraits.View | TableTraits.Foreign | TableTraits.Rewritten;

    readonly RowSource<T> _source;
    readonly RowShape<T> _shape;
    readonly string?[] _columns;

    RequiredValues(RowSource<T> source, RowShape<T> shape, string?[] columns) => (_source, _shape, _columns) = (source, shape, columns);

    /// <summary>The search that a plan's rows need, or null.</summary>
    internal static RequiredValues<T>? For(BulkPlan plan, RowSource<T> source, RowShape<T> shape)
    {
        if (plan.Write is { Statement.Inserts: false } || (plan.Table.Traits & Unsure) != 0)
            return null;
        var columns = new string?[shape.Fields.Count];
        foreach (var column in plan.Columns.Where(c => c.Target is { IsNullable: false, Generated: Generated.Never }))
            columns[column.FieldIndex] = column.Target.Name;
        return Array.Exists(columns, c => c is not null) ? new(source, shape, columns) : null;
    }

    /// <summary>Tells of every row that lacks a value.</summary>
    internal void Find(RowChunk<T> chunk, Action<LoadFault> refused)
    {
        for (var row = 0; row < chunk.Count; row++)
        {
            if (First(chunk.Rows[row..]) is not var (index, column))
                return;
            row += index;
            // What a row leaves out gets its default.
            if (!_source.MayLeaveOut || !_source.LeavesOut(chunk.Rows[row], Array.IndexOf(_columns, column)))
                refused(LoadFault.ConstraintBroken(column).At(chunk.OrdinalOf(row), _source.Locate(chunk.Rows[row])));
        }
    }

    (int Index, string Column)? First(ReadOnlySpan<T> rows)
    {
        var notes = new UnsetKeyNotes(_columns, onlyNulls: true);
        var sink = new UnsetKeySink(notes);
        _shape.Write(rows, ref sink);
        return notes.First is { } row ? (row, notes.Column!) : null;
    }
}
