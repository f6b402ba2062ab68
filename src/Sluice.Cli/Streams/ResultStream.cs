namespace Sluice.Cli.Streams;

/// <summary>The standard output as the place of a machine's result, which comes after the work.</summary>
static class ResultStream
{
    /// <summary>
    /// Writes a line. Where that fails, the work is done all the same: the error stream tells it, and the exit code stays the work's.
    /// </summary>
    internal static async Task TryWriteAsync(string line)
    {
        try
        {
            if (StandardStreams.IsGiven(1))
                await Console.Out.WriteLineAsync(line).ConfigureAwait(false);
        }
        catch (Exception e) when (ForgivingWriter.IsForgiven(e))
        {
            Summary.WriteLine($"The result could not be printed: {e.Message} The work is done all the same.");
        }
    }
}
