using System.Threading.Channels;

namespace Sluice.Rows;

sealed class ChannelSource<T>(ChannelReader<T> rows, Table<T> table) : TypedSource<T>(table)
{
    public override string Name => $"channel of {RowKind.NameOf(typeof(T))}";

    public override async ValueTask<int> ReadAsync(Memory<T> block, CancellationToken cancellationToken)
    {
        var count = 0;
        try
        {
            while (await rows.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
            {
                while (count < block.Length && rows.TryRead(out var row))
                    block.Span[count++] = row;
                if (count == block.Length)
                    break;
            }
            return count;
        }
        finally
        {
            AtHand = count;
        }
    }
}
