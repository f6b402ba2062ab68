using Sluice.Rows;

namespace Sluice.Reading.Related;

/// <summary>Gives a row what its line of the result has of another one.</summary>
/// <param name="reader">On the line.</param>
/// <param name="parent">The row.</param>
/// <param name="isNew">Whether the line is the row's first one.</param>
delegate void RowJoiner<TParent, TReader>(ref TReader reader, TParent parent, bool isNew);

/// <summary>
/// Rows whose related rows come behind them in the same line. A row with several has as many lines, and is given out for each.
/// </summary>
sealed class JoinedShape<T>(ResultShape<T> rows, RelatedRows<T> related, JoinedQuery query) : ResultShape<T>
{
    public override void Bind(IReadOnlyList<string> columns)
    {
        rows.Bind([.. columns.Take(query.Width)]);
        related.BindJoined(query.Width + (query.IsNumbered ? 1 : 0));
    }

    public override T Read<TReader>(ref TReader reader) => Maker<TReader>()(ref reader);

    public override RowMaker<T, TReader> Maker<TReader>()
    {
        var make = rows.Maker<TReader>();
        var joiners = related.Joiners<TReader>();
        return query.IsNumbered ? Numbered(make, joiners) : (ref reader) => Join(ref reader, make(ref reader), joiners, isNew: true);
    }

    RowMaker<T, TReader> Numbered<TReader>(RowMaker<T, TReader> make, RowJoiner<T, TReader>[] joiners)
        where TReader : struct, IRowReader
    {
        var last = 0L;
        var row = default(T)!;
        return (ref reader) =>
        {
            var number = reader.Get<long>(query.Width);
            if (number == last && !query.Multiplies)
                throw RelationProblems.SeveralRelated(query.Names);
            var isNew = number != last;
            if (isNew)
                row = make(ref reader);
            last = number;
            return Join(ref reader, row, joiners, isNew);
        };
    }

    static T Join<TReader>(ref TReader reader, T row, RowJoiner<T, TReader>[] joiners, bool isNew)
    {
        foreach (var join in joiners)
            join(ref reader, row, isNew);
        return row;
    }
}
