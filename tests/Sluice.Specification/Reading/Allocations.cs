namespace Sluice.Specification.Reading;

static class Allocations
{
    /// <summary>The least that a run allocates: what else the process allocates, and code that is not yet compiled for speed, only ever add.</summary>
    /// <param name="run">Gives the bytes that it allocated.</param>
    /// <param name="enough">Bytes at which no further run is needed.</param>
    internal static async Task<long> LeastAsync(Func<Task<long>> run, long enough)
    {
        var least = await run();
        for (var i = 0; i < 20 && least >= enough; i++)
        {
            // The runtime compiles for speed when it has had nothing new to compile for a tenth of a second.
            await Task.Delay(200);
            least = Math.Min(least, await run());
        }
        return least;
    }
}
