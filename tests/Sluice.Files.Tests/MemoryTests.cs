using System.Text;
using Sluice.Files.Tests.Fakes;

namespace Sluice.Files.Tests;

/// <summary>Measured while no other test allocates.</summary>
[CollectionDefinition(nameof(MemoryTests), DisableParallelization = true)]
[Collection(nameof(MemoryTests))]
public class MemoryTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_cost_no_memory_that_grows_with_the_file()
    {
        var line = Encoding.UTF8.GetBytes("123,2024-01-01T00:00:00Z,1.5,ok,\"quoted, text\",\n");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await using var file = await FileRows.OpenAsync(new EndlessStream(line, 400_000), "big.csv", length: null, new() { HasHeader = false, SampleRows = 100 }, Token);
        var rows = new FileRow[1_000];
        var read = 0;
        while (await file.ReadAsync(rows, Token) is > 0 and var count)
            read += count;

        Assert.Equal(400_000, read);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 8L << 20);
    }
}
