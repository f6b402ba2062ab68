using Sluice.Planning;
using Sluice.Rows;

namespace Sluice.PostgreSql.Encoding;

/// <summary>The rows of a chunk as one array for each column.</summary>
sealed class ArrayColumns<T> : IDisposable
{
    readonly RowShape<T> _shape;
    readonly ValueCollector _rules;
    readonly ArrayBuffer?[] _byField;
    readonly ArrayBuffer[] _columns;
    readonly PlanColumn[] _targets;
    ArraySink _sink;

    internal ArrayColumns(BulkPlan plan, RowShape<T> shape)
    {
        _shape = shape;
        _rules = new ValueCollector(Slot.For(plan, shape.Fields.Count)) { ExactTimes = plan.ExactTimes };
        _byField = new ArrayBuffer?[shape.Fields.Count];
        _targets = [.. plan.Columns];
        foreach (var column in _targets)
            _byField[column.FieldIndex] = ArrayBuffer.Of(column.Target, _rules);
        _columns = [.. _targets.Select(c => _byField[c.FieldIndex]!)];
        _sink = new ArraySink(_byField);
    }

    /// <summary>Rows that were added.</summary>
    internal int Count => _sink.Ended;

    /// <summary>The bytes of the rows, as the arrays have them.</summary>
    internal long Bytes
    {
        get
        {
            var bytes = 0L;
            foreach (var column in _columns)
                bytes += ArrayHeader + column.Bytes;
            return bytes;
        }
    }

    // How many dimensions, whether there are nulls, the type, the length and the first index.
    const int ArrayHeader = 20;

    /// <summary>The field at hand, for messages.</summary>
    internal int Field => _sink.Field;

    /// <summary>Whether an array may be one of texts that the server casts: the statement is another one then.</summary>
    internal bool AreCast => Array.Exists(_columns, c => c.IsCast);

    internal void Clear()
    {
        _sink.Clear();
        foreach (var column in _columns)
            column.Clear();
    }

    /// <exception cref="ValueException">A value does not fit its column; rows before it were added.</exception>
    internal void Add(ReadOnlySpan<T> rows)
    {
        foreach (var column in _columns)
            column.Room(Count + rows.Length);
        _shape.Write(rows, ref _sink);
    }

    /// <summary>The first rows as a relation.</summary>
    /// <param name="count">How many.</param>
    /// <param name="more">Columns that the rows themselves do not have.</param>
    internal SqlUnnest Take(int count, params SqlArray[] more) =>
        Sql.Unnest("sluice_rows", [.. _columns.Select(c => c.Take(count)), .. more]);

    /// <summary>Every column's array.</summary>
    internal SqlArray[] TakeAll() => TakeAll(Count);

    /// <summary>Every column's array of the first rows.</summary>
    internal SqlArray[] TakeAll(int count) => [.. _columns.Select(c => c.Take(count))];

    /// <summary>Some rows as a relation.</summary>
    internal SqlUnnest Take(int[] rows, params SqlArray[] more) =>
        Sql.Unnest("sluice_rows", [.. _columns.Select(c => c.Take(rows)), .. more]);

    /// <summary>Whether a row has a null in one of some columns.</summary>
    internal bool HasNull(int row, IReadOnlyList<Column> columns)
    {
        for (var i = 0; i < _columns.Length; i++)
        {
            if (_columns[i].IsNull(row) && columns.Any(c => c.Name == _targets[i].Target.Name))
                return true;
        }
        return false;
    }

    public void Dispose() => _rules.Dispose();
}

static class ArrayColumns
{
    /// <summary>Whether values of a type go through an array as they do through COPY.</summary>
    internal static bool Takes(SqlType type) =>
        type.Kind is SqlTypeKind.Boolean or SqlTypeKind.SmallInt or SqlTypeKind.Integer or SqlTypeKind.BigInt or SqlTypeKind.Real
        or SqlTypeKind.Double or SqlTypeKind.Numeric or SqlTypeKind.Text or SqlTypeKind.VarChar or SqlTypeKind.Bytes or SqlTypeKind.Uuid or SqlTypeKind.Date
        or SqlTypeKind.Timestamp or SqlTypeKind.TimestampTz;
}
