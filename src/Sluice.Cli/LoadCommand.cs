using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Sluice.Cli;

/// <summary>`sluice load`: its arguments, their help and their checks.</summary>
sealed class LoadCommand
{
    readonly FileFlags _file = new();

    readonly Argument<string[]> _files = new("FILE")
    {
        Description = "CSV, TSV or JSON Lines files, plain or compressed with gzip or brotli; '-' for standard input; with --from-table or --query, a source database, named as for --to",
        Arity = ArgumentArity.OneOrMore,
    };

    readonly Option<string?> _to = new("--to")
    {
        Description = "Target database: data.db, sqlite:PATH, postgres://user@host/database, or a psql or Npgsql connection string "
            + "(default: the variable SLUICE_TO, then sluice.db)",
        HelpName = "TARGET",
    };

    readonly Option<string?> _table = new("--table") { Description = "Target table (default: named after the file, or as --from-table)", HelpName = "TABLE" };

    readonly Option<string?> _fromTable = new("--from-table") { Description = "Table to load from a source database", HelpName = "TABLE" };

    readonly Option<string?> _query = new("--query") { Description = "Query to load from a source database", HelpName = "SQL" };

    readonly Option<string> _mode = FileFlags.Choice(
        "--mode", "What to do with the rows (default: insert); sync upserts them, and deletes the rows within --where that the file lacks", "insert", "upsert", "update", "delete", "sync");

    readonly Option<string[]> _key = new("--key")
    {
        Description = "Columns that identify a row, separated by commas (default: the primary key); for a new table, its primary key",
        HelpName = "COLUMNS",
        CustomParser = result => ParseColumns(result, "--key"),
    };

    readonly Option<string[]> _set = new("--set")
    {
        Description = "Columns to update on existing rows (default: all)",
        HelpName = "COLUMNS",
        CustomParser = result => ParseColumns(result, "--set"),
    };

    readonly Option<string?> _where = new("--where")
    {
        Description = "SQL condition: existing rows change only where it holds, for example 'excluded.version > t.version' in an upsert into t; for sync, its scope",
        HelpName = "SQL",
    };

    readonly Option<bool> _allowEmpty = new("--allow-empty") { Description = "Allows a sync of an empty file to delete every row within its scope" };

    readonly Option<string> _duplicates = FileFlags.Choice("--duplicates",
        "Which of several rows with the same key to keep (default: error)", "error", "first", "last");

    readonly Option<KeyValuePair<string, string>[]> _map = new("--map")
    {
        Description = "Loads a column of the file into another column of the table; can be repeated",
        HelpName = "FROM=TO",
        CustomParser = ParseMap,
        Arity = ArgumentArity.OneOrMore,
    };

    readonly Option<bool> _create = new("--create")
    {
        Description = "Creates the table if it does not exist, with the column types detected in the file; always on for the default sluice.db",
    };

    readonly Option<ChunkSize> _chunk = new("--chunk") { Description = "Rows to send together: auto, or 1 to 1000000 (default: auto)", HelpName = "auto|N", CustomParser = ParseChunk };

    readonly Option<string> _commit = FileFlags.Choice("--commit", "Whether to commit a file as a whole or after each chunk (default: all)",
        "all", "chunk");

    readonly Option<string> _order = FileFlags.Choice("--order",
        "Whether to sort rows by the table's key before sending them (default: key)", "key", "given");

    readonly Option<bool> _dryRun = new("--dry-run") { Description = "Reads the whole file and checks every row against the table, prints the plan, and sends nothing; --dry-run=full runs the load and rolls it back" };

    // What stands behind "--dry-run=". As a value that may be left out, it would take a file's name for one.
    readonly Option<string> _dryRunKind = FileFlags.ValueOf(SluiceCommand.DryRunKindOption, "--dry-run", "check", "full");

    readonly Option<bool> _showValues = new("--show-values") { Description = "Shows refused values in messages, cut at 64 characters" };

    readonly ProgressFlags _progress = new();

    internal Command Create()
    {
        var command = new Command("load", "Loads files, or the rows of another database, into a table.");
        _files.Validators.Add(RefuseUnknownOptions);
        command.Add(_files);
        command.Add(_to);
        command.Add(_table);
        command.Add(_fromTable);
        command.Add(_query);
        command.Add(_mode);
        command.Add(_key);
        command.Add(_set);
        command.Add(_where);
        command.Add(_duplicates);
        command.Add(_allowEmpty);
        command.Add(_map);
        command.Add(_create);
        _file.AddTo(command);
        foreach (var option in new Option[] { _chunk, _commit, _order, _dryRun, _dryRunKind, _showValues })
            command.Add(option);
        _progress.AddTo(command);
        command.SetAction(parsed => new LoadRun(Read(parsed)).RunAsync());
        return command;

        void RefuseUnknownOptions(ArgumentResult result) => SluiceCommand.RefuseUnknownOptions(result, command);
    }

    /// <exception cref="BulkPlanException">The arguments do not make sense together.</exception>
    LoadOptions Read(ParseResult parsed)
    {
        var files = parsed.GetRequiredValue(_files);
        var table = parsed.GetValue(_table);
        var input = ReadInput(parsed, files);
        if (input is null && files.Any(TargetAddress.IsAddress))
            throw UsageProblems.AddressAsFile();
        if (files.Count(f => f is "-") > 1)
            throw UsageProblems.Usage("The standard input is named twice; it can be read once");
        if (table is null && input is { Rows.Query: not null })
            throw UsageProblems.Usage("A query has no name, so --table must name the table");
        if (table is null && files.Contains("-"))
            throw UsageProblems.Usage("The standard input has no name, so --table must name the table");
        if (table is "")
            throw UsageProblems.Usage("--table needs a name");
        var target = TargetAddress.Parse(parsed.GetValue(_to));
        return new LoadOptions
        {
            Files = files,
            Input = input,
            Target = target,
            Table = table,
            Mode = ReadMode(parsed),
            Key = parsed.GetValue(_key) ?? [],
            Set = parsed.GetValue(_set) ?? [],
            Where = parsed.GetValue(_where),
            AllowEmpty = parsed.GetValue(_allowEmpty),
            Create = parsed.GetValue(_create) || target.IsDefault,
            Reading = _file.Read(parsed) with { Map = ReadMap(parsed) },
            Writing = ReadWriting(parsed),
            Progress = _progress.Read(parsed),
            DryRun = ReadDryRun(parsed),
            Json = _progress.IsJson(parsed),
        };
    }

    DryRunKind ReadDryRun(ParseResult parsed) => parsed.GetValue(_dryRunKind) switch
    {
        "full" => DryRunKind.Full,
        "check" => DryRunKind.Check,
        _ => parsed.GetValue(_dryRun) ? DryRunKind.Check : DryRunKind.None,
    };

    /// <summary>The database that rows come from, where an option says that they do.</summary>
    /// <exception cref="BulkPlanException">An option for files is named too, or more than one database.</exception>
    DatabaseInput? ReadInput(ParseResult parsed, string[] files)
    {
        var wanted = new RowsWanted(parsed.GetValue(_fromTable), parsed.GetValue(_query));
        if (wanted is { Table: null, Query: null })
            return null;
        if (string.IsNullOrWhiteSpace(wanted.Table) == string.IsNullOrWhiteSpace(wanted.Query))
            throw UsageProblems.Usage("--from-table names a table and --query a query; give one of them");
        if (files is not [var address] || address is "-")
            throw UsageProblems.Usage("With --from-table or --query one database is named in place of files");
        if (parsed.GetResult(_map) is { Implicit: false })
            throw UsageProblems.Usage("--map is for files", "Name a database's columns in a query: --query 'SELECT a AS b FROM t'.");
        _file.RefuseForDatabase(parsed);
        return new DatabaseInput(TargetAddress.Parse(address), wanted);
    }

    /// <exception cref="BulkPlanException">An option does not go with the mode.</exception>
    LoadMode ReadMode(ParseResult parsed)
    {
        var mode = parsed.GetValue(_mode) is { } name ? Enum.Parse<LoadMode>(name, ignoreCase: true) : LoadMode.Insert;
        var changes = parsed.GetValue(_set) is { Length: > 0 } ? "--set" : parsed.GetValue(_where) is not null ? "--where" : parsed.GetValue(_duplicates) is not null ? "--duplicates" : null;
        if (mode is LoadMode.Insert && changes is not null)
            throw UsageProblems.Usage($"{changes} says what becomes of rows that are there, which an insert leaves alone",
                "Name another --mode.");
        if (mode is LoadMode.Sync && string.IsNullOrWhiteSpace(parsed.GetValue(_where)))
            throw UsageProblems.Usage("A sync removes rows, so --where must say which rows the file stands for: --where \"country = 'DE'\"");
        if (mode is LoadMode.Sync && parsed.GetValue(_commit) is "chunk")
            throw UsageProblems.Usage("A sync knows what it removes only when all rows have come, so it cannot --commit chunk");
        if (mode is LoadMode.Delete && parsed.GetValue(_set) is { Length: > 0 })
            throw UsageProblems.Usage("--set does not go with a delete");
        return mode;
    }

    BulkOptions ReadWriting(ParseResult parsed) => new()
    {
        ChunkSize = parsed.GetValue(_chunk) ?? BulkOptions.Default.ChunkSize,
        Commit = parsed.GetValue(_commit) is "chunk" ? CommitPolicy.PerChunk : CommitPolicy.Atomic,
        Order = parsed.GetValue(_order) is "given" ? RowOrder.AsGiven : RowOrder.ByKey,
        Duplicates = parsed.GetValue(_duplicates) switch { "first" => Duplicates.KeepFirst, "last" => Duplicates.KeepLast, _ => Duplicates.Error },
        Faults = new() { IncludeValues = parsed.GetValue(_showValues) },
    };

    Dictionary<string, string> ReadMap(ParseResult parsed)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (from, to) in parsed.GetValue(_map) ?? [])
        {
            if (!map.TryAdd(from, to))
                throw UsageProblems.Usage($"--map names the file's column '{from}' twice", "Name each once.");
        }
        return map;
    }

    static string[] ParseColumns(ArgumentResult result, string option)
    {
        var names = result.Tokens.SelectMany(t => t.Value.Split(',', StringSplitOptions.TrimEntries)).ToArray();
        if (names.Contains("") || names.Distinct(StringComparer.Ordinal).Count() != names.Length)
            result.AddError($"{option} is a list of different column names with commas between them: {option} country,city.");
        return names;
    }

    static KeyValuePair<string, string>[] ParseMap(ArgumentResult result)
    {
        var pairs = new List<KeyValuePair<string, string>>(result.Tokens.Count);
        foreach (var token in result.Tokens)
        {
            var equals = token.Value.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && equals < token.Value.Length - 1)
                pairs.Add(new(token.Value[..equals], token.Value[(equals + 1)..]));
            else
                result.AddError($"--map is the file's column and the table's with '=' between them: --map ordr_no=order_no, not '{token.Value}'.");
        }
        return [.. pairs];
    }

    static ChunkSize ParseChunk(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (text is "auto")
            return BulkOptions.Default.ChunkSize;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var rows) && rows is >= 1 and <= 1_000_000)
            return ChunkSize.Fixed(rows);
        result.AddError($"--chunk is 'auto' or a number of rows from 1 to 1000000, not '{text}'.");
        return BulkOptions.Default.ChunkSize;
    }
}
