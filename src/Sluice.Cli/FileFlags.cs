using System.CommandLine;
using System.CommandLine.Parsing;
using Sluice.Files;

namespace Sluice.Cli;

/// <summary>The options that say how a file is written; `load` and `sniff` share them, so that what one prints the other takes.</summary>
sealed class FileFlags
{
    readonly Option<string> _format = Choice("--format", "File format (default: detected)", "auto", "csv", "tsv", "jsonl");

    readonly Option<char?> _delimiter = new("--delimiter")
    {
        Description = "Field delimiter: a character, or 'tab' (default: detected)",
        HelpName = "CHAR",
        CustomParser = ParseDelimiter,
    };

    readonly Option<string> _header = Choice("--header", "Whether the first row names the columns (default: detected)", "yes", "no");

    readonly Option<string?> _null = new("--null")
    {
        Description = "Text that means NULL where it is not quoted; an empty field without quotes always means NULL",
        HelpName = "TEXT",
    };

    internal void AddTo(Command command)
    {
        command.Add(_format);
        command.Add(_delimiter);
        command.Add(_header);
        command.Add(_null);
    }

    /// <exception cref="BulkPlanException">A flag has no effect on the format that another one names.</exception>
    internal FileReadOptions Read(ParseResult parsed)
    {
        var format = parsed.GetValue(_format) switch
        {
            "csv" => FileFormat.Csv,
            "tsv" => FileFormat.Tsv,
            "jsonl" => FileFormat.JsonLines,
            _ => FileFormat.Auto,
        };
        if (format is FileFormat.JsonLines)
            RefuseForJsonLines(parsed);
        return new FileReadOptions
        {
            Format = format,
            Delimiter = parsed.GetValue(_delimiter),
            HasHeader = parsed.GetValue(_header) switch { "yes" => true, "no" => false, _ => null },
            NullText = parsed.GetValue(_null),
        };
    }

    /// <summary>Refuses flags that turn out to have no effect on a file, now that its format is known.</summary>
    internal static void RefuseForJsonLines(FileReadOptions told, FileRows rows)
    {
        if (rows.Dialect.Format is FileFormat.JsonLines && (told.Delimiter is not null || told.HasHeader is not null || told.NullText is not null))
            throw UsageProblems.FlagWithoutEffect(told.Delimiter is not null ? "--delimiter" : told.HasHeader is not null ? "--header" : "--null", rows.Name);
    }

    internal static Option<string> Choice(string name, string description, params string[] values)
    {
        var option = new Option<string>(name) { Description = description, HelpName = string.Join('|', values) };
        option.Validators.Add(result => RefuseOthers(result, name, values));
        return option;
    }

    /// <summary>An option that stands for the value of another one, which may be left out there.</summary>
    internal static Option<string> ValueOf(string name, string other, params string[] values)
    {
        var option = new Option<string>(name) { Hidden = true };
        option.Validators.Add(result => RefuseOthers(result, other, values));
        return option;
    }

    void RefuseForJsonLines(ParseResult parsed)
    {
        foreach (var option in new Option[] { _delimiter, _header, _null })
        {
            if (parsed.GetResult(option) is not null)
                throw UsageProblems.FlagWithoutEffect(option.Name, "--format jsonl");
        }
    }

    /// <exception cref="BulkPlanException">One of the flags was given.</exception>
    internal void RefuseForDatabase(ParseResult parsed)
    {
        if (new Option[] { _format, _delimiter, _header, _null }.FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false }) is { } flag)
            throw UsageProblems.Usage($"{flag.Name} is for files, and the rows come from a database", "Leave it out.");
    }

    static void RefuseOthers(OptionResult result, string name, string[] values)
    {
        if (result.Tokens is [var token, ..] && !values.Contains(token.Value))
            result.AddError($"{name} is one of {string.Join(", ", values.Select(v => $"'{v}'"))}, not '{token.Value}'.");
    }

    static char? ParseDelimiter(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (text is "tab" or "\\t")
            return '\t';
        if (text.Length == 1 && text[0] is not ('"' or '\n' or '\r' or '\0'))
            return text[0];
        result.AddError("--delimiter is one character other than a quote or a line break, or 'tab'.");
        return null;
    }
}
