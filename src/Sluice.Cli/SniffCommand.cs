using System.CommandLine;
using System.Globalization;
using System.Text;
using Sluice.Cli.Streams;
using Sluice.Files;

namespace Sluice.Cli;

/// <summary>`sluice sniff`: what is detected in a file, as the flags that reproduce it and the table that it would become.</summary>
sealed class SniffCommand
{
    readonly FileFlags _flags = new();

    readonly Argument<string> _file = new("FILE") { Description = "CSV, TSV or JSON Lines file, plain or compressed; '-' for standard input" };

    internal Command Create()
    {
        var command = new Command("sniff", "Prints what it detects in a file, as the flags of `sluice load` that say the same.");
        _file.Validators.Add(result => SluiceCommand.RefuseUnknownOptions(result, command));
        command.Add(_file);
        _flags.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var file = parsed.GetRequiredValue(_file);
            if (TargetAddress.IsAddress(file))
                throw UsageProblems.AddressToSniff();
            await SniffAsync(file, _flags.Read(parsed), cancellationToken).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return command;
    }

    static async Task SniffAsync(string file, FileReadOptions reading, CancellationToken cancellationToken)
    {
        if (file is "-")
            StandardInput.TellWhoTypes("sniff");
        var rows = file is "-"
            ? await FileRows.OpenAsync(new StandardInput(cancellationToken), "stdin", length: null, reading,
                cancellationToken).ConfigureAwait(false)
            : await FileRows.OpenAsync(file, reading, cancellationToken).ConfigureAwait(false);
        await using var disposal = rows.ConfigureAwait(false);
        FileFlags.RefuseForJsonLines(reading, rows);
        await Console.Out.WriteAsync(Describe(rows, reading.NullText)).ConfigureAwait(false);
    }

    static string Describe(FileRows rows, string? nullText)
    {
        var text = new StringBuilder();
        text.Append(Flags(rows.Dialect)).Append(nullText is null ? "" : $" --null {Quote(nullText)}").Append('\n');
        text.Append(CultureInfo.InvariantCulture,
            $"# {Readable.Line(rows.Name)}: {rows.Columns.Count} columns, detected from {rows.SampledRows:N0} rows{Compression(rows.Dialect)}\n");
        text.Append(CultureInfo.InvariantCulture, $"# CREATE TABLE {Name(rows.TableName)} (\n");
        text.AppendJoin(",\n", rows.Columns.Select(c => $"#   {Name(c.Name)} {c.Type}"));
        return text.Append("\n# );\n").ToString();
    }

    static string Flags(FileDialect dialect) => dialect.Format switch
    {
        FileFormat.JsonLines => "--format jsonl",
        FileFormat.Tsv when dialect.Delimiter == '\t' => $"--format tsv --header {YesNo(dialect.HasHeader)}",
        var format =>
            $"--format {(format is FileFormat.Tsv ? "tsv" : "csv")} --delimiter {(dialect.Delimiter == '\t' ? "tab" : Quote(dialect.Delimiter.ToString()))} --header {YesNo(dialect.HasHeader)}",
    };

    static string YesNo(bool value) => value ? "yes" : "no";

    static string Compression(FileDialect dialect) =>
        dialect.Compression is FileCompression.None ? "" : $", {dialect.Compression.ToString().ToLowerInvariant()}";

    // For a shell, so that the line can be copied into one; what cannot be seen has a notation of its own there.
    static string Quote(string text) => Readable.Line(text) == text
        ? $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'"
        : $"$'{Readable.Line(text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal))}'";

    // A line break in a header would end the comment.
    static string Name(string name) => Readable.Line($"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
}
