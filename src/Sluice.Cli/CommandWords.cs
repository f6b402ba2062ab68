namespace Sluice.Cli;

/// <summary>Failures in the words of the command line: its flags, or what can be done where it has none.</summary>
static class CommandWords
{
    /// <summary>Whether stacks are shown, which have many lines.</summary>
    internal static bool ShowsStacks { get; } = Environment.GetEnvironmentVariable("SLUICE_DEBUG") is "1";

    /// <summary>
    /// One of our failures in the command's words; of any other its type and its first line, with the stack only for who debugs.
    /// </summary>
    /// <param name="failure">What was thrown.</param>
    /// <param name="left">What is left of it all, where the failure does not know; it follows what the failure says itself.</param>
    internal static string Describe(Exception failure, Kept? left = null)
    {
        if (ShowsStacks)
            return Secrets.Hide(failure.ToString());
        if (failure is BulkException ours)
            return Secrets.Hide(Compose(ours.Failure, left));
        return Secrets.Hide($"{failure.GetType().Name}: {failure.Message.ReplaceLineEndings(" ")} Set SLUICE_DEBUG=1 to see where.{(left is null ? "" : $" {left}")}");
    }

    static string Compose(Failure failure, Kept? left) => Failure.Compose(
        failure.Headline,
        failure.Remedy.Command ?? failure.Remedy.Text,
        $"{failure.Kept} {left}".Trim(),
        failure.HidesValue ? "Add --show-values to see the value." : "",
        failure.Code);
}
