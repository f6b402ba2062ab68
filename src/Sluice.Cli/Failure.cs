namespace Sluice.Cli;

/// <summary>Failures in words.</summary>
static class Failure
{
    // Remedies that the command line has other words for, or none.
    static readonly (string Library, string Command)[] s_words =
    [
        ("Set IncludeValues to see the value.", "Add --show-values to see the value."),
        ("choose which counts by Duplicates.KeepFirst or KeepLast", "choose which counts by --duplicates first or --duplicates last"),
        ("End the other writer's transaction, or allow more time by BusyTimeout.", "End the other program's transaction, or try again when it is done."),
        ("say so by allowEmpty", "say so by --allow-empty"),
        ("Name a text that means NULL, or write JSON Lines.", "Name a text that means NULL with --null, or write JSON Lines with --format jsonl."),
        (", or load the column as text.", ", or create the table beforehand with a text column, and load into that."),
        (" See the inner exception for the server's detail.", ""),
        (" See the inner exception for SQLite's result code.", ""),
    ];

    /// <summary>Whether stacks are shown, which have many lines.</summary>
    internal static bool ShowsStacks { get; } = Environment.GetEnvironmentVariable("SLUICE_DEBUG") is "1";

    /// <summary>The message of one of our errors as it is; of any other its type and its first line, with the stack only for who debugs.</summary>
    internal static string Describe(Exception failure)
    {
        if (ShowsStacks)
            return Secrets.Hide(failure.ToString());
        return Secrets.Hide(failure is BulkException
            ? s_words.Aggregate(failure.Message, (text, word) => text.Replace(word.Library, word.Command, StringComparison.Ordinal))
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
