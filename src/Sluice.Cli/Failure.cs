namespace Sluice.Cli;

/// <summary>Failures in words.</summary>
static class Failure
{
    /// <summary>Whether stacks are shown, which have many lines.</summary>
    internal static bool ShowsStacks { get; } = Environment.GetEnvironmentVariable("SLUICE_DEBUG") is "1";

    /// <summary>The message of one of our errors as it is; of any other its type and its first line, with the stack only for who debugs.</summary>
    internal static string Describe(Exception failure)
    {
        if (ShowsStacks)
            return Secrets.Hide(failure.ToString());
        return Secrets.Hide(failure is BulkException
            ? CommandWords.Of(failure.Message)
            : $"{failure.GetType().Name}: {failure.Message.ReplaceLineEndings(" ")} Set SLUICE_DEBUG=1 to see where.");
    }

    /// <summary>The same with a sentence on what is left, which stands before the error's code.</summary>
    internal static string Describe(Exception failure, string left)
    {
        var message = Describe(failure);
        var code = $" ({(failure as BulkException)?.Code})";
        return message.EndsWith(code, StringComparison.Ordinal) ? $"{message[..^code.Length]} {left}{code}" : $"{message} {left}";
    }
}
