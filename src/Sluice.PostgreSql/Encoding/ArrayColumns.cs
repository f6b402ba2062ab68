using Sluice.Planning;
using Sluice.Rows;
using Sluice.Schema;

namespace Sluice.PostgreSql.Encoding;

/// <summary>The rows of a chunk as one array for each column.</summary>
sealed class ArrayColumns<T>(BulkPlan plan, RowShape<T> shape) : IDisposable
{
    readonly ValueCollector _collector = new(Slot.For(plan, shape.Fields.Count));
    readonly List<object?[]> _rows = [];

    // The collector gives a row's values in the order of the fields that are written.
    readonly PlanColumn[] _columns = [.. plan.Columns.OrderBy(c => c.FieldOrdinal)];

    internal int Count => _rows.Count;

    /// <summary>The field at hand, for messages.</summary>
    internal int Field => _collector.Field;

    internal void Clear() => _rows.Clear();

    /// <exception cref="ValueException">A value does not fit its column; rows before it were added.</exception>
    internal void Add(ReadOnlySpan<T> rows)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            shape.Write(rows.Slice(i, 1), ref _collector.Sink);
            _rows.Add([.. _collector.Values]);
        }
    }

    /// <summary>The first rows as a relation.</summary>
    /// <param name="count">How many.</param>
    /// <param name="more">Columns that the rows themselves do not have.</param>
    internal SqlUnnest Take(int count, params SqlArray[] more) => Unnest(_rows.Take(count), more);

    /// <summary>Some rows as a relation.</summary>
    internal SqlUnnest Take(IEnumerable<int> rows, params SqlArray[] more) => Unnest(rows.Select(i => _rows[i]), more);

    SqlUnnest Unnest(IEnumerable<object?[]> rows, SqlArray[] more) =>
        Sql.Unnest("sluice_rows", [.. _columns.Select((column, i) => ArrayColumns.Of(column.Target, rows.Select(row => row[i]))), .. more]);

    /// <summary>Whether a row has a null in one of some columns.</summary>
    internal bool HasNull(int row, IReadOnlyList<Column> columns)
    {
        for (var i = 0; i < _columns.Length; i++)
        {
            if (_rows[row][i] is null && columns.Any(c => c.Name == _columns[i].Target.Name))
                return true;
        }
        return false;
    }

    public void Dispose() => _collector.Dispose();
}

static class ArrayColumns
{
    /// <summary>Whether values of a type go through an array as they do through COPY.</summary>
    internal static bool Takes(SqlType type) => type.Kind is SqlTypeKind.Boolean or SqlTypeKind.SmallInt or SqlTypeKind.Integer or SqlTypeKind.BigInt or SqlTypeKind.Real
        or SqlTypeKind.Double or SqlTypeKind.Numeric or SqlTypeKind.Text or SqlTypeKind.VarChar or SqlTypeKind.Bytes or SqlTypeKind.Uuid or SqlTypeKind.Date
        or SqlTypeKind.Timestamp or SqlTypeKind.TimestampTz;

    internal static SqlArray Of(Column column, IEnumerable<object?> values) => column.Type.Kind switch
    {
        SqlTypeKind.Boolean => Typed<bool?>(column, values),
        SqlTypeKind.SmallInt => Typed<short?>(column, values),
        SqlTypeKind.Integer => Typed<int?>(column, values),
        SqlTypeKind.BigInt => Typed<long?>(column, values),
        SqlTypeKind.Real => Typed<float?>(column, values),
        SqlTypeKind.Double => Typed<double?>(column, values),
        SqlTypeKind.Numeric => Typed<decimal?>(column, values),
        SqlTypeKind.Bytes => Typed<byte[]?>(column, values),
        SqlTypeKind.Uuid => Typed<Guid?>(column, values),
        SqlTypeKind.Date => Typed<DateOnly?>(column, values.Select(v => v is DateTime date ? DateOnly.FromDateTime(date) : v)),
        SqlTypeKind.Timestamp => Typed<DateTime?>(column, values.Select(v => v is DateTime local ? DateTime.SpecifyKind(local, DateTimeKind.Unspecified) : v)),
        SqlTypeKind.TimestampTz => Typed<DateTime?>(column, values),
        _ => Typed<string?>(column, values),
    };

    static SqlArray Typed<T>(Column column, IEnumerable<object?> values) => SqlArray.Of(new Column<T>(column.Name, column.Type), values.Select(v => (T)v!));
}
