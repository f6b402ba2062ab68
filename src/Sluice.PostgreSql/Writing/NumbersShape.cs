using Sluice.Rows;

namespace Sluice.PostgreSql.Writing;

/// <summary>A row of counts.</summary>
sealed class NumbersShape : ResultShape<long[]>
{
    int _columns;

    public override void Bind(IReadOnlyList<string> columns) => _columns = columns.Count;

    public override long[] Read<TReader>(ref TReader reader)
    {
        var numbers = new long[_columns];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = reader.Get<long>(i);
        return numbers;
    }
}
