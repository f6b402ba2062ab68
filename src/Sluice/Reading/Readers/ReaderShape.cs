using Sluice.Rows;

namespace Sluice.Reading.Readers;

/// <summary>A row by its place in the columns of its batch.</summary>
readonly record struct CellRow(ReaderColumn[] Columns, int Row);

/// <summary>
/// Reads batches column by column. Two sets of columns take turns, as one batch is read while the consumer works on the one before.
/// </summary>
/// <param name="query">Says the types of columns, as far as it knows them.</param>
/// <param name="rows">The rows of a batch.</param>
sealed class ReaderShape(IReadOnlyList<(string Name, SqlType? Type)> query, int rows) : ResultShape<CellRow>
{
    ReaderColumn[] _now = [];
    ReaderColumn[] _other = [];
    int _row;

    internal IReadOnlyList<ReaderColumn> Columns => _now;

    internal IReadOnlyList<string> Names { get; private set; } = [];

    public override void Bind(IReadOnlyList<string> columns)
    {
        Names = columns;
        _now = New();
        _other = New();
    }

    ReaderColumn[] New() => [.. Names.Select((_, i) => ReaderColumn.For(query.Count == Names.Count ? query[i].Type : null, rows))];

    public override CellRow Read<TReader>(ref TReader reader) => Maker<TReader>()(ref reader);

    public override RowMaker<CellRow, TReader> Maker<TReader>()
    {
        var now = Cells<TReader>(_now);
        var other = Cells<TReader>(_other);
        return (ref reader) =>
        {
            if (_row == rows)
            {
                (_now, _other, now, other) = (_other, _now, other, now);
                _row = 0;
            }
            foreach (var cell in now)
                cell(ref reader, _row);
            return new CellRow(_now, _row++);
        };
    }

    static CellReader<TReader>[] Cells<TReader>(ReaderColumn[] columns)
        where TReader : struct, IRowReader => [.. columns.Select((column, i) => column.Cell<TReader>(i))];
}
