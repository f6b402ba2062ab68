using System.Diagnostics.CodeAnalysis;

namespace Sluice.Rows;

/// <summary>What each row of a result becomes.</summary>
/// <typeparam name="T">The .NET type of a row.</typeparam>
[Experimental(ExperimentalFor.Providers)]
public abstract class ResultShape<T>
{
    /// <summary>Finds the columns that are read. Called once, before the first row.</summary>
    /// <param name="columns">The names of the result's columns, in order.</param>
    /// <exception cref="BulkException">The result lacks a column.</exception>
    public abstract void Bind(IReadOnlyList<string> columns);

    /// <summary>Makes the object of the current row.</summary>
    public abstract T Read<TReader>(ref TReader reader)
        where TReader : struct, IRowReader;

    /// <summary>
    /// The code that makes the object of a row, found once for a result: calling a generic virtual method looks it up each time.
    /// </summary>
    public virtual RowMaker<T, TReader> Maker<TReader>()
        where TReader : struct, IRowReader => Read;
}

static class ResultShape
{
    internal static ResultShape<T> For<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicConstructors)] T>()
    {
        if (typeof(T) == typeof(Dictionary<string, object?>) || typeof(T) == typeof(IReadOnlyDictionary<string, object?>) || typeof(T) == typeof(IDictionary<string, object?>))
            return new DictionaryShape<T>();
        if (typeof(T) == typeof(object?[]))
            return (ResultShape<T>)(object)new ListShape();
        var type = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
        return SqlType.For(type).Kind is SqlTypeKind.Other && type != typeof(object) ? OfRows<T>() : new ScalarShape<T>();
    }

    static ResultShape<T> OfRows<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicConstructors)] T>()
    {
        try
        {
            return new RowResultShape<T>(Table.For<T>().Rows);
        }
        catch (BulkPlanException) when (typeof(T).IsValueType)
        {
            // No row, so a value of a type that only the driver knows.
            return new ScalarShape<T>();
        }
    }
}

/// <summary>Rows of a row type, whose columns may come in any order.</summary>
sealed class RowResultShape<T>(RowType<T> rows) : ResultShape<T>
{
    int[] _indexes = [];
    string? _value;

    // A result of one column that is none of the row's may be a value of a type that only the driver knows, for such types have properties
    // too.
    public override void Bind(IReadOnlyList<string> columns)
    {
        if (columns.Count == 1 && rows.Fields.All(f => f.Name != columns[0]))
            _value = columns[0];
        else
            Bind(columns, first: 0);
    }

    /// <param name="columns">The names of the row's columns.</param>
    /// <param name="first">The index of the first of them in the result.</param>
    internal void Bind(IReadOnlyList<string> columns, int first)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < columns.Count; i++)
            places.TryAdd(columns[i], i);
        // What may be null is null where the result has no such column; a result that has none of them is of something else.
        var isOther = rows.Fields.All(f => !places.ContainsKey(f.Name));
        var missing = rows.Fields.Where(f => (isOther || !f.IsNullable) && !places.ContainsKey(f.Name)).Select(f => f.Name).ToList();
        if (missing.Count > 0)
            throw RowProblems.MissingResultColumns(typeof(T), missing, columns);
        _indexes = [.. rows.Fields.Select(f => places.TryGetValue(f.Name, out var place) ? first + place : -1)];
    }

    public override T Read<TReader>(ref TReader reader)
    {
        if (_value is not null)
            return Value(ref reader);
        var placed = new PlacedReader<TReader>(reader, _indexes);
        return rows.Read(ref placed);
    }

    T Value<TReader>(ref TReader reader)
        where TReader : struct, IRowReader
    {
        try
        {
            return ResultValue.Get<T, TReader>(ref reader, 0);
        }
        catch (InvalidCastException)
        {
            throw RowProblems.MissingResultColumns(typeof(T), [.. rows.Fields.Select(f => f.Name)], [_value!]);
        }
    }

    public override RowMaker<T, TReader> Maker<TReader>()
    {
        if (_value is not null)
            return Value;
        var isInOrder = true;
        for (var i = 0; i < _indexes.Length; i++)
            isInOrder &= _indexes[i] == i;
        if (isInOrder)
            return rows.Read;
        RowMaker<T, PlacedReader<TReader>> read = rows.Read;
        return (ref reader) =>
        {
            var placed = new PlacedReader<TReader>(reader, _indexes);
            return read(ref placed);
        };
    }
}

/// <summary>Gives a result's columns in the order of a row type's fields.</summary>
readonly struct PlacedReader<TReader>(TReader reader, int[] indexes) : IRowReader
    where TReader : struct, IRowReader
{
    public bool IsNull(int index) => indexes[index] is var place && (place < 0 || reader.IsNull(place));

    public T Get<T>(int index) => reader.Get<T>(indexes[index]);
}

/// <summary>The values of one column.</summary>
/// <param name="first">Whether more columns may follow, which are not read.</param>
sealed class ScalarShape<T>(bool first = false) : ResultShape<T>
{
    public override void Bind(IReadOnlyList<string> columns)
    {
        if (columns.Count != 1 && !(first && columns.Count > 1))
            throw RowProblems.WrongColumnCount(1, columns.Count);
    }

    public override T Read<TReader>(ref TReader reader) => ResultValue.Get<T, TReader>(ref reader, 0, nullAllowed: first);
}

static class ResultValue
{
    internal static T Get<T, TReader>(ref TReader reader, int index, bool nullAllowed = false)
        where TReader : struct, IRowReader =>
        reader.IsNull(index) && (default(T) is null || nullAllowed) ? default!
            : JsonValues.IsType<T>() ? JsonValues.Parse<T>(reader.Get<string>(index))
            : reader.Get<T>(index);
}

/// <summary>All columns by their names.</summary>
sealed class DictionaryShape<T> : ResultShape<T>
{
    IReadOnlyList<string> _columns = [];

    // A second column of a name would take the first one's place.
    public override void Bind(IReadOnlyList<string> columns) => _columns = Statements.Outputs.Distinct(columns);

    public override T Read<TReader>(ref TReader reader)
    {
        var row = new Dictionary<string, object?>(_columns.Count, StringComparer.Ordinal);
        for (var i = 0; i < _columns.Count; i++)
            row[_columns[i]] = reader.IsNull(i) ? null : reader.Get<object>(i);
        return (T)(object)row;
    }
}

/// <summary>All columns in order.</summary>
sealed class ListShape : ResultShape<object?[]>
{
    int _count;

    public override void Bind(IReadOnlyList<string> columns) => _count = columns.Count;

    public override object?[] Read<TReader>(ref TReader reader)
    {
        var row = new object?[_count];
        for (var i = 0; i < row.Length; i++)
            row[i] = reader.IsNull(i) ? null : reader.Get<object>(i);
        return row;
    }
}
