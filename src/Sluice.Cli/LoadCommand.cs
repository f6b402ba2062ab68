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
        Description = "CSV, TSV or JSON Lines, plain or compressed with gzip or brotli; '-' is the standard input; with --from-table or --query a database, named as for --to",
        Arity = ArgumentArity.OneOrMore,
    };

    readonly Option<string?> _to = new("--to")
    {
        Description = "Where rows go: data.db, sqlite:PATH, postgres://user@host/database, or a connection string as for psql or Npgsql; "
            + "else the variable SLUICE_TO, else sluice.db",
        HelpName = "TARGET",
    };

    readonly Option<string?> _table = new("--table") { Description = "The table; else the file's name, or that of --from-table", HelpName = "TABLE" };

    readonly Option<string?> _fromTable = new("--from-table") { Description = "The table of a database whose rows are loaded", HelpName = "TABLE" };

    readonly Option<string?> _query = new("--query") { Description = "The query of a database whose rows are loaded", HelpName = "SQL" };

    readonly Option<string> _mode = FileFlags.Choice(
        "--mode", "What becomes of the rows: sync upserts them and removes those within --where that the file lacks; insert unless told", "insert", "upsert", "update", "delete", "sync");

    readonly Option<string[]> _key = new("--key")
    {
        Description = "The columns by which rows are found, else the primary key; of a table that is created, its primary key; with commas between them",
        HelpName = "COLUMNS",
        CustomParser = result => ParseColumns(result, "--key"),
    };

    readonly Option<string[]> _set = new("--set")
    {
        Description = "The columns that rows which are there take over; else all",
        HelpName = "COLUMNS",
        CustomParser = result => ParseColumns(result, "--set"),
    };

    readonly Option<string?> _where = new("--where")
    {
        Description = "A condition in SQL: rows that are there change only where it holds, as 'excluded.version > t.version' in an upsert of t; a sync's scope",
        HelpName = "SQL",
    };

    readonly Option<bool> _allowEmpty = new("--allow-empty") { Description = "Lets a sync of an empty file remove everything within its scope" };

    readonly Option<string> _duplicates = FileFlags.Choice("--duplicates", "What becomes of rows of the file with one key; error unless told", "error", "first", "last");

    readonly Option<KeyValuePair<string, string>[]> _map = new("--map")
    {
        Description = "The file's column and the table's that it fills; may be given several times",
        HelpName = "FROM=TO",
        CustomParser = ParseMap,
        Arity = ArgumentArity.OneOrMore,
    };

    readonly Option<bool> _create = new("--create")
    {
        Description = "Creates a table that is missing, with the column types detected in the file; always on for sluice.db when no target is named",
    };

    readonly Option<ChunkSize> _chunk = new("--chunk") { Description = "Rows sent together: auto, or 1 to 1000000", HelpName = "auto|N", CustomParser = ParseChunk };

    readonly Option<string> _commit = FileFlags.Choice("--commit", "Whether all rows of a file are kept or none, or each chunk by itself; all unless told", "all", "chunk");

    readonly Option<string> _order = FileFlags.Choice("--order", "Whether rows are sorted by the table's key before they are sent; key unless told", "key", "given");

    readonly Option<bool> _dryRun = new("--dry-run") { Description = "Reads the whole file and checks every row against the table, prints the plan, and sends nothing" };

    readonly Option<bool> _showValues = new("--show-values") { Description = "Lets messages show the value that was refused, cut at 64 characters" };

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
        foreach (var option in new Option[] { _chunk, _commit, _order, _dryRun, _showValues })
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
            throw Throw.AddressAsFile();
        if (files.Count(f => f is "-") > 1)
            throw Throw.Usage("The standard input is named twice; it can be read once. Nothing was sent.");
        if (table is null && input is { Rows.Query: not null })
            throw Throw.Usage("A query has no name, so --table must name the table. Nothing was sent.");
        if (table is null && files.Contains("-"))
            throw Throw.Usage("The standard input has no name, so --table must name the table. Nothing was sent.");
        if (table is "")
            throw Throw.Usage("--table needs a name. Nothing was sent.");
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
            DryRun = parsed.GetValue(_dryRun),
            Json = _progress.IsJson(parsed),
        };
    }

    /// <summary>The database that rows come from, where an option says that they do.</summary>
    /// <exception cref="BulkPlanException">An option for files is named too, or more than one database.</exception>
    DatabaseInput? ReadInput(ParseResult parsed, string[] files)
    {
        var wanted = new RowsWanted(parsed.GetValue(_fromTable), parsed.GetValue(_query));
        if (wanted is { Table: null, Query: null })
            return null;
        if (string.IsNullOrWhiteSpace(wanted.Table) == string.IsNullOrWhiteSpace(wanted.Query))
            throw Throw.Usage("--from-table names a table and --query a query; give one of them. Nothing was sent.");
        if (files is not [var address] || address is "-")
            throw Throw.Usage("With --from-table or --query one database is named in place of files. Nothing was sent.");
        if (parsed.GetResult(_map) is { Implicit: false })
            throw Throw.Usage("--map is for files. Name a database's columns in a query: --query 'SELECT a AS b FROM t'. Nothing was sent.");
        _file.RefuseForDatabase(parsed);
        return new DatabaseInput(TargetAddress.Parse(address), wanted);
    }

    /// <exception cref="BulkPlanException">An option does not go with the mode.</exception>
    LoadMode ReadMode(ParseResult parsed)
    {
        var mode = parsed.GetValue(_mode) is { } name ? Enum.Parse<LoadMode>(name, ignoreCase: true) : LoadMode.Insert;
        var changes = parsed.GetValue(_set) is { Length: > 0 } ? "--set" : parsed.GetValue(_where) is not null ? "--where" : parsed.GetValue(_duplicates) is not null ? "--duplicates" : null;
        if (mode is LoadMode.Insert && changes is not null)
            throw Throw.Usage($"{changes} says what becomes of rows that are there, which an insert leaves alone. Name another --mode. Nothing was sent.");
        if (mode is LoadMode.Sync && string.IsNullOrWhiteSpace(parsed.GetValue(_where)))
            throw Throw.Usage("A sync removes rows, so --where must say which rows the file stands for: --where \"country = 'DE'\". Nothing was sent.");
        if (mode is LoadMode.Sync && parsed.GetValue(_commit) is "chunk")
            throw Throw.Usage("A sync knows what it removes only when all rows have come, so it cannot --commit chunk. Nothing was sent.");
        if (mode is LoadMode.Delete && parsed.GetValue(_set) is { Length: > 0 })
            throw Throw.Usage("--set does not go with a delete. Nothing was sent.");
        return mode;
    }

    BulkOptions ReadWriting(ParseResult parsed) => new()
    {
        ChunkSize = parsed.GetValue(_chunk) ?? BulkOptions.Default.ChunkSize,
        Commit = parsed.GetValue(_commit) is "chunk" ? CommitPolicy.PerChunk : CommitPolicy.Atomic,
        Order = parsed.GetValue(_order) is "given" ? RowOrder.AsGiven : RowOrder.ByKey,
        Duplicates = parsed.GetValue(_duplicates) switch { "first" => Duplicates.KeepFirst, "last" => Duplicates.KeepLast, _ => Duplicates.Error },
        IncludeValues = parsed.GetValue(_showValues),
    };

    Dictionary<string, string> ReadMap(ParseResult parsed)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (from, to) in parsed.GetValue(_map) ?? [])
        {
            if (!map.TryAdd(from, to))
                throw Throw.Usage($"--map names the file's column '{from}' twice. Name each once. Nothing was sent.");
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
