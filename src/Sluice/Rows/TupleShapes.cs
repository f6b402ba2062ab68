namespace Sluice.Rows;

/// <summary>A number of columns, by their places.</summary>
abstract class TupleShape<TTuple>(int columns) : ResultShape<TTuple>
{
    public sealed override void Bind(IReadOnlyList<string> names)
    {
        if (names.Count != columns)
            throw RowProblems.WrongColumnCount(columns, names.Count);
    }
}

sealed class TupleShape<T1, T2>() : TupleShape<(T1, T2)>(columns: 2)
{
    public override (T1, T2) Read<TReader>(ref TReader reader) =>
        (ResultValue.Get<T1, TReader>(ref reader, 0), ResultValue.Get<T2, TReader>(ref reader, 1));
}

sealed class TupleShape<T1, T2, T3>() : TupleShape<(T1, T2, T3)>(columns: 3)
{
    public override (T1, T2, T3) Read<TReader>(ref TReader reader) =>
        (ResultValue.Get<T1, TReader>(ref reader, 0), ResultValue.Get<T2, TReader>(ref reader, 1),
        ResultValue.Get<T3, TReader>(ref reader, 2));
}

sealed class TupleShape<T1, T2, T3, T4>() : TupleShape<(T1, T2, T3, T4)>(columns: 4)
{
    public override (T1, T2, T3, T4) Read<TReader>(ref TReader reader) =>
        (ResultValue.Get<T1, TReader>(ref reader, 0), ResultValue.Get<T2, TReader>(ref reader, 1),
        ResultValue.Get<T3, TReader>(ref reader, 2), ResultValue.Get<T4, TReader>(ref reader, 3));
}

sealed class TupleShape<T1, T2, T3, T4, T5>() : TupleShape<(T1, T2, T3, T4, T5)>(columns: 5)
{
    public override (T1, T2, T3, T4, T5) Read<TReader>(ref TReader reader) =>
        (ResultValue.Get<T1, TReader>(ref reader, 0), ResultValue.Get<T2, TReader>(ref reader, 1),
        ResultValue.Get<T3, TReader>(ref reader, 2), ResultValue.Get<T4, TReader>(ref reader, 3),
        ResultValue.Get<T5, TReader>(ref reader, 4));
}

sealed class TupleShape<T1, T2, T3, T4, T5, T6>() : TupleShape<(T1, T2, T3, T4, T5, T6)>(columns: 6)
{
    public override (T1, T2, T3, T4, T5, T6) Read<TReader>(ref TReader reader) =>
        (ResultValue.Get<T1, TReader>(ref reader, 0), ResultValue.Get<T2, TReader>(ref reader, 1),
        ResultValue.Get<T3, TReader>(ref reader, 2), ResultValue.Get<T4, TReader>(ref reader, 3),
        ResultValue.Get<T5, TReader>(ref reader, 4), ResultValue.Get<T6, TReader>(ref reader, 5));
}

sealed class TupleShape<T1, T2, T3, T4, T5, T6, T7>() : TupleShape<(T1, T2, T3, T4, T5, T6, T7)>(columns: 7)
{
    public override (T1, T2, T3, T4, T5, T6, T7) Read<TReader>(ref TReader reader) =>
        (ResultValue.Get<T1, TReader>(ref reader, 0), ResultValue.Get<T2, TReader>(ref reader, 1),
        ResultValue.Get<T3, TReader>(ref reader, 2), ResultValue.Get<T4, TReader>(ref reader, 3),
        ResultValue.Get<T5, TReader>(ref reader, 4), ResultValue.Get<T6, TReader>(ref reader, 5),
        ResultValue.Get<T7, TReader>(ref reader, 6));
}
