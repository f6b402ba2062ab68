using System.Diagnostics.CodeAnalysis;
using Sluice.Rows;

namespace Sluice.Reading.Readers;

/// <summary>Reads one value of a row into its place.</summary>
delegate void CellReader<TReader>(ref TReader reader, int row)
    where TReader : struct, IRowReader;

/// <summary>The values that one column has in a batch.</summary>
abstract class ReaderColumn
{
    internal abstract FieldType Type { get; }

    /// <summary>The type, or of a column that has none the one of its first value; before anything is known that of all objects.</summary>
    internal abstract FieldType KnownType { get; }

    internal abstract bool IsNull(int row);

    internal abstract object Boxed(int row);

    internal abstract CellReader<TReader> Cell<TReader>(int index)
        where TReader : struct, IRowReader;

    /// <param name="type">The type that the query says, or null where only the values tell.</param>
    /// <param name="rows">The rows of a batch.</param>
    internal static ReaderColumn For(SqlType? type, int rows) => type?.Kind switch
    {
        SqlTypeKind.Boolean => new ReaderColumn<bool>(rows),
        SqlTypeKind.SmallInt => new ReaderColumn<short>(rows),
        SqlTypeKind.Integer => new ReaderColumn<int>(rows),
        SqlTypeKind.BigInt => new ReaderColumn<long>(rows),
        SqlTypeKind.Real => new ReaderColumn<float>(rows),
        SqlTypeKind.Double => new ReaderColumn<double>(rows),
        SqlTypeKind.Numeric => new ReaderColumn<decimal>(rows),
        SqlTypeKind.Bytes => new ReaderColumn<byte[]>(rows),
        SqlTypeKind.Uuid => new ReaderColumn<Guid>(rows),
        SqlTypeKind.Date => new ReaderColumn<DateOnly>(rows),
        SqlTypeKind.Time => new ReaderColumn<TimeOnly>(rows),
        SqlTypeKind.Timestamp => new ReaderColumn<DateTime>(rows),
        SqlTypeKind.TimestampTz => new ReaderColumn<DateTimeOffset>(rows),
        SqlTypeKind.Text or SqlTypeKind.VarChar or SqlTypeKind.Char => new ReaderColumn<string>(rows),
        _ => new ReaderColumn<object>(rows),
    };
}

/// <summary>
/// A column's values as their own type. Whoever reads one by its place need not say what else is to be known of the type, which trimming
/// asks for.
/// </summary>
abstract class ReaderValues<T>(int rows) : ReaderColumn
{
    protected T[] Values { get; } = new T[rows];

    internal T this[int row] => Values[row];
}

sealed class ReaderColumn<[DynamicallyAccessedMembers(FieldType.Members)] T>(int rows) : ReaderValues<T>(rows)
{
    readonly bool[] _nulls = new bool[rows];

    internal override FieldType Type { get; } = FieldType.Of<T>();

    internal override FieldType KnownType =>
        Type == FieldType.Unknown && Array.Find(Values, value => value is not null) is { } first ? FieldType.Of(first) : Type;

    internal override bool IsNull(int row) => _nulls[row];

    internal override object Boxed(int row) => Values[row]!;

    internal override CellReader<TReader> Cell<TReader>(int index) => (ref reader, row) =>
    {
        var isNull = reader.IsNull(index);
        _nulls[row] = isNull;
        Values[row] = isNull ? default! : reader.Get<T>(index);
    };
}
