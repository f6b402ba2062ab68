using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Sluice.Cli;

/// <summary>The help as the parser makes it, with examples and exit codes below.</summary>
sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    const string Load = """
        Examples:
          sluice load airports.csv                                    into table 'airports' of sluice.db, which is created
          sluice load airports.csv --to app.db --create --key iata    into a table with a primary key
          sluice load day1.csv.gz day2.csv.gz --to postgres://app@db/app --table events
          zstd -dc big.csv.zst | sluice load - --to app.db --table big
          sluice load orders.csv --to app.db --map "Order No=order_no" --dry-run
          sluice load orders.csv --to app.db --mode upsert --dry-run=full       counts what a load would do, and undoes it
          sluice load postgres://app@db/app --query "SELECT * FROM events WHERE day > '2024-02-29'" --to app.db --table events --create
          sluice load app.db --from-table orders --to postgres://app@db/app --mode upsert

        Exit codes:
          0  every row was loaded
          1  a load failed; the message says what was kept
          2  the arguments, or the file and its table, do not fit together; nothing was sent
          5  a database was not reached, or did not let the user in
          6  the file could not be read, or is malformed
          130, 143  stopped by a signal; the open transaction was rolled back

        """;

    const string Export = """
        Examples:
          sluice export app.db --table airports -o airports.csv
          sluice export postgres://app@db/app --query "SELECT * FROM events WHERE day = '2024-02-29'" -o events.jsonl.gz
          sluice export app.db --table orders --format tsv --header no | cut -f 1 | sort -u
          sluice export app.db --table orders | sluice load - --to postgres://app@db/app --table orders

        Exit codes:
          0  every row was written
          1  the export failed, and no file was written
          2  the arguments and the database do not fit together, or the file is there already
          5  the database was not reached, or did not let the user in
          130, 143  stopped by a signal; no file was written
          141  whoever read the standard output closed it

        """;

    const string Sniff = """
        Examples:
          sluice sniff airports.csv
          sluice sniff export.txt --delimiter '|'

        """;

    const string Root = """
        Examples:
          sluice load airports.csv
          sluice export sluice.db --table airports -o airports.jsonl
          sluice sniff airports.csv
          sluice load --help

        """;

    public override int Invoke(ParseResult parseResult)
    {
        // Wrapping by the window's width would make the help differ from its page in the documentation.
        help.MaxWidth = 120;
        var code = help.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output.Write(parseResult.CommandResult.Command.Name switch
        {
            "load" => Load,
            "export" => Export,
            "sniff" => Sniff,
            _ => Root,
        });
        return code;
    }
}
