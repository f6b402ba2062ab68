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
        ("if the file has no header, say so.", "if the file has no header, say so by --header no."),
        ("; where quotes are ordinary characters in this file, set another quote.", ". Quotes that are ordinary characters are doubled, in a field that has quotes around it."),
        ("; if another character divides the fields, set it.", "; if another character divides the fields, name it by --delimiter."),
        (" If the value is as long as that, raise the limit on a row's bytes.", " If the value is as long as that, a program must load it: FileReadOptions.MaxRowBytes sets the limit."),
        ("Raise the limit on a row's bytes if that is right.", "Where that is right, a program must load it: FileReadOptions.MaxRowBytes sets the limit."),
        ("Open it as a database, and load a table or a query of it.", "Name its table by --from-table, or a query by --query."),
        ("Enlarge the sample so that it reaches the row, or remove the key.", "Move a line with the key to the front of the file, or remove the key."),
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
