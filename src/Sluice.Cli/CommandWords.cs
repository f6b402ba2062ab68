namespace Sluice.Cli;

/// <summary>The remedies of the libraries' messages, in the words of the command line: its flags, or what can be done where it has none.</summary>
static class CommandWords
{
    /// <summary>What the libraries say, and what the command says instead.</summary>
    internal static readonly (string Library, string Command)[] Pairs =
    [
        ("Set IncludeValues to see the value.", "Add --show-values to see the value."),
        ("choose which counts by Duplicates.KeepFirst or KeepLast", "choose which counts by --duplicates first or --duplicates last"),
        ("End the other writer's transaction, or allow more time by BusyTimeout.", "End the other program's transaction, or try again when it is done."),
        ("say so by allowEmpty", "say so by --allow-empty"),
        ("Use CommitPolicy.Atomic.", "Leave --commit chunk out."),
        ("Map each field to a column, or leave it out.", "Name the columns by --map FROM=TO, or leave them out of what is read."),
        ("Leave it out of the source, or mark it [DatabaseGenerated].", "Leave it out of what is read, as by a --query of the other columns."),
        ("Exclude it with [NotMapped], or give it a supported type.", "Leave it out of what is read, or cast it in a --query."),
        ("Convert it with ToUniversalTime, or use DateTimeOffset.", "Cast it to a time with a zone in a --query."),
        ("Say it by WhereIndex.", "Name another key with --key, or make one that holds all rows."),
        ("Name the columns to find them by", "Name the columns to find them by with --key"),
        ("Name one that it has", "Name one that it has with --key"),
        ("Bring the columns to change.", "Add the columns to change to what is read."),
        ("where quotes are ordinary characters in this file, set another quote.", "where quotes are ordinary characters in this file, double each and quote its field."),
        ("if another character divides the fields, set it.", "if another character divides the fields, name it with --delimiter."),
        ("if the file has no header, say so.", "if the file has no header, add --header no."),
        (" If the value is as long as that, raise the limit on a row's bytes.", ""),
        ("Raise the limit on a row's bytes if that is right.", "Divide the row; only a program can set another limit, by FileReadOptions.MaxRowBytes."),
        ("Open it as a database, and load a table or a query of it.", "Name its table by --from-table, or a query by --query."),
        ("Enlarge the sample so that it reaches the row, or remove the key.", "Put a row with the key among the first ones, or remove the key."),
        (" Fetch the file again, or state its compression.", " Fetch the file again."),
        (", or load the column as text.", ", or create the table beforehand with a text column, and load into that."),
        (", or allow it to be replaced.", ", or replace it with --force."),
        (" See the inner exception for the server's detail.", ""),
        (" See the inner exception for SQLite's result code.", ""),
    ];

    internal static string Of(string message) =>
        Pairs.Aggregate(message, (text, words) => text.Replace(words.Library, words.Command, StringComparison.Ordinal));
}
