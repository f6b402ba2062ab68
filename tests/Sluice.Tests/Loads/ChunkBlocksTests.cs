using Sluice.Loading;
using Sluice.Rows;

namespace Sluice.Tests.Loads;

/// <summary>Blocks that loads lend each other.</summary>
public sealed class ChunkBlocksTests
{
    sealed record Row(string Text);

    [Fact]
    public void A_block_that_comes_back_holds_no_rows()
    {
        var large = ChunkBlocks<Row>.Rent(1_000);
        Array.Fill(large, new Row("of the first load"));
        ChunkBlocks<Row>.Return(large, 1_000);

        var again = ChunkBlocks<Row>.Rent(2);
        Assert.Same(large, again);
        Assert.All(again, Assert.Null);
        again[0] = again[1] = new Row("of the second");
        ChunkBlocks<Row>.Return(again, 2);

        Assert.All(ChunkBlocks<Row>.Rent(1_000), Assert.Null);
    }

    [Fact]
    public async Task Every_row_of_a_load_leaves_its_blocks()
    {
        var rows = Enumerable.Range(0, 2_500).Select(i => new Row($"{i}")).ToArray();
        var chunks = await ChunkReading.ReadAsync(RowSource.From(rows), size: 1_000, key: null);

        Assert.Equal(2_500, chunks.Sum(c => c.Rows.Length));
        Row[][] blocks = [ChunkBlocks<Row>.Rent(1_000), ChunkBlocks<Row>.Rent(1_000)];
        Assert.All(blocks, block => Assert.All(block, Assert.Null));
    }
}
