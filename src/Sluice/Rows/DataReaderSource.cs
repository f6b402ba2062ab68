using System.Data.Common;

namespace Sluice.Rows;

sealed class DataReaderSource(DbDataReader reader) : RowSource<object?[]>
{
    public override string Name => "data reader";

    public override RowShape<object?[]> Bind(Table target)
    {
        var fields = new RowField[reader.FieldCount];
        for (var i = 0; i < fields.Length; i++)
            fields[i] = new RowField(reader.GetName(i), typeof(object));
        return new ObjectShape(fields, target);
    }

    public override async ValueTask<int> ReadAsync(Memory<object?[]> block, CancellationToken cancellationToken)
    {
        var count = 0;
        try
        {
            while (count < block.Length && await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                var row = new object?[reader.FieldCount];
                reader.GetValues(row!);
                block.Span[count++] = row;
            }
            return count;
        }
        finally
        {
            AtHand = count;
        }
    }
}
