using System.CommandLine;
using System.CommandLine.Parsing;
using Sluice.Files;

namespace Sluice.Cli;

/// <summary>`sluice export`: its arguments, their help and their checks.</summary>
sealed class ExportCommand
{
    readonly Argument<string?> _database = new("DATABASE")
    {
        Description = "Source database: data.db, sqlite:PATH, postgres://user@host/database, or a psql or Npgsql connection string (default: the variable SLUICE_TO, then sluice.db)",
        Arity = ArgumentArity.ZeroOrOne,
    };

    readonly Option<string?> _table = new("--table") { Description = "Table to export", HelpName = "TABLE" };

    readonly Option<string?> _query = new("--query") { Description = "Query to export, instead of a table", HelpName = "SQL" };

    readonly Option<string?> _output = new("--output", "-o")
    {
        Description = "Output file; '-' for standard output (default). A name that ends in .gz or .br compresses it",
        HelpName = "FILE",
    };

    readonly Option<string> _format = FileFlags.Choice("--format", "Output format (default: from the file's name, else csv)", "auto", "csv",
        "tsv", "jsonl");

    readonly Option<string> _compress = FileFlags.Choice("--compress", "Compression (default: from the file's name)", "auto", "none",
        "gzip", "brotli");

    readonly Option<char?> _delimiter = new("--delimiter")
    {
        Description = "Field delimiter: a character, or 'tab' (default: a comma; in tsv a tab)",
        HelpName = "CHAR",
        CustomParser = ParseDelimiter,
    };

    readonly Option<string> _header = FileFlags.Choice("--header", "Whether the first row names the columns (default: yes)", "yes", "no");

    readonly Option<string?> _null = new("--null")
    {
        Description = "Text to write for NULL (default: nothing; an empty text is written as two quotes)",
        HelpName = "TEXT",
    };

    readonly Option<bool> _excelSafe = new("--excel-safe")
    {
        Description = "Puts an apostrophe before text that a spreadsheet would run as a formula; such text does not read back unchanged",
    };

    readonly Option<bool> _force = new("--force") { Description = "Overwrites an existing file" };

    readonly ProgressFlags _progress = new();

    internal Command Create()
    {
        var command = new Command("export", "Writes the rows of a table or a query to a file.");
        _database.Validators.Add(result => SluiceCommand.RefuseUnknownOptions(result, command));
        command.Add(_database);
        foreach (var option in new Option[] { _table, _query, _output, _format, _compress, _delimiter, _header, _null, _excelSafe, _force })
            command.Add(option);
        _progress.AddTo(command);
        command.SetAction(parsed => new ExportRun(Read(parsed)).RunAsync());
        return command;
    }

    /// <exception cref="BulkPlanException">The arguments do not make sense together.</exception>
    ExportOptions Read(ParseResult parsed)
    {
        var (table, query, output) = (parsed.GetValue(_table), parsed.GetValue(_query), ReadOutput(parsed));
        if (string.IsNullOrWhiteSpace(table) == string.IsNullOrWhiteSpace(query))
            throw UsageProblems.Usage("Name what is exported: a table with --table, or a query with --query, and not both",
                kept: Kept.NothingRead);
        if (output.Length == 0)
            throw UsageProblems.Usage("--output needs the name of a file, or '-'", kept: Kept.NothingRead);
        if (output is "-" && parsed.GetValue(_force))
            throw UsageProblems.Usage("--force replaces a file, and the rows go to the standard output", "Name one with --output.",
                Kept.NothingRead);
        if (output is "-" && _progress.IsJson(parsed))
            throw UsageProblems.Usage("--json prints the result on the standard output, where the rows go",
                "Name a file with --output, or use --progress json.", Kept.NothingRead);
        var writing = ReadWriting(parsed);
        OutputName.Check(output, writing);
        var format = FileWriter.FormatOf(output is "-" ? "stdout" : output, writing);
        if (format is FileFormat.JsonLines)
            RefuseForJsonLines(parsed, parsed.GetValue(_format) is "jsonl" ? "--format jsonl" : output);
        else if (writing.NullText is { } text && text.AsSpan().ContainsAny([writing.Delimiter ?? (format is FileFormat.Tsv ? '\t' : ','), '"', '\r', '\n']))
            throw UsageProblems.NullTextNeedsQuotes();
        return new ExportOptions
        {
            Database = TargetAddress.Parse(parsed.GetValue(_database)),
            Rows = new RowsWanted(table, query),
            Output = output,
            Writing = writing,
            Progress = _progress.Read(parsed),
            Json = _progress.IsJson(parsed),
        };
    }

    // By its other name the standard output would be written to from its start, over what is printed there.
    string ReadOutput(ParseResult parsed) =>
        parsed.GetValue(_output) is { } output and not ("/dev/stdout" or "/dev/fd/1" or "/proc/self/fd/1") ? output : "-";

    FileWriteOptions ReadWriting(ParseResult parsed) => new()
    {
        Format = parsed.GetValue(_format) switch { "csv" => FileFormat.Csv, "tsv" => FileFormat.Tsv, "jsonl" => FileFormat.JsonLines, _ => FileFormat.Auto },
        Compression = parsed.GetValue(_compress) switch
        {
            "none" => FileCompression.None,
            "gzip" => FileCompression.Gzip,
            "brotli" => FileCompression.Brotli,
            _ => FileCompression.Auto,
        },
        Delimiter = parsed.GetValue(_delimiter),
        HasHeader = parsed.GetValue(_header) is not "no",
        NullText = parsed.GetValue(_null),
        ExcelSafe = parsed.GetValue(_excelSafe),
        Overwrite = parsed.GetValue(_force),
    };

    void RefuseForJsonLines(ParseResult parsed, string where)
    {
        foreach (var option in new Option[] { _delimiter, _header, _null, _excelSafe })
        {
            if (parsed.GetResult(option) is { Implicit: false })
                throw UsageProblems.FlagWithoutEffect(option.Name, where);
        }
    }

    static char? ParseDelimiter(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (text is "tab" or "\\t")
            return '\t';
        if (text.Length == 1 && FileWriter.IsDelimiter(text[0]))
            return text[0];
        result.AddError("--delimiter is one character that values are not written with, as ',', ';', '|' or 'tab'.");
        return null;
    }
}
