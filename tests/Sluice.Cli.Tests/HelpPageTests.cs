using System.Text;
using Sluice.Cli.Tests.Runs;
using Sluice.Specification;

namespace Sluice.Cli.Tests;

/// <summary>docs/cli.md is made of the help texts. UPDATE_BASELINES=1 writes it anew.</summary>
public sealed class HelpPageTests
{
    const string Opening = """
        # The command line

        `sluice` loads files into PostgreSQL and SQLite, and writes tables and queries to files. Where standard output is not a terminal,
        it gets one JSON object for each file. Progress, summaries and errors go to standard error. This page shows what `--help` prints.

        """;

    const string Closing = """
        ## The result

        Every load prints one object: `status` is `loaded`, `failed`, `interrupted`, or after `--dry-run` `planned` and after
        `--dry-run=full` `rolledBack`. The counts are those of
        `BulkResult`: `read` = `loaded` + `skipped` + `rejected` + `remaining` + `inDoubt`, and `loaded` = `inserted` + `updated` + `deleted` +
        `unchanged`. A load that failed has an `error` with `exitCode`, `code`, `message` and, where they are known, `row`, `column`,
        `constraint` and `sqlState`. `notes`, where there are any, tell what else you should know, such as what Sluice assumed about
        the file. docs/errors.md explains the codes.

        ```json
        {"status":"loaded","file":"airports.csv","table":"airports","target":"sluice.db","read":3376,"inserted":3376,"updated":0,"deleted":0,"unchanged":0,"removed":0,"skipped":0,"rejected":0,"remaining":0,"inDoubt":0,"loaded":3376,"chunks":1,"commits":1,"bytes":250914,"elapsedSeconds":0.021,"rowsPerSecond":160762}
        ```

        `--progress json` prints events on standard error, one on each line: `start`, `progress` every second, and always `end`, which
        holds the object above as `report`.

        An export to a file prints one too: `status` is `exported`, `failed` or `interrupted`, and `rows` and `bytes` (before compression) say
        how much was written; the `end` event holds it as `export`. An export to standard output prints the rows there and nothing else.

        ```json
        {"status":"exported","file":"airports.jsonl","source":"airports","database":"sluice.db","rows":3376,"bytes":460121,"elapsedSeconds":0.073,"rowsPerSecond":46436}
        ```

        ## What is detected

        A table that `--create` makes has the types that the first rows need, and no type changes a value. Numbers are whole (32 or 64 bits) or
        floating-point where that gives back every one of them, also with 16 or 17 digits; only numbers that no `double` gives back are exact
        decimals, which SQLite keeps as text. What a number would not give back is text: leading zeros and plus signs, `0x10`, `1,234`, `NaN`,
        and codes such as `1E5`, unless other values of the column have a point. So are identifiers (a `uuid` is read as one where the column is
        declared so), and times with more than six digits of a second; digits that a column of a table would cut are refused. Words for truth are
        `true` and `false`; dates are `2024-12-31`, with a time behind them or none, and no time zone is assumed. A value behind the first rows that
        the column does not hold is refused with its line, and nothing is kept: create the table beforehand with the types that are wanted.

        The first row is a header where it does not look like the rows below it, where all are words, and where it counts up behind a word, as
        `country,2019,2020` does. Where it was taken for data the summary says so. NULL is a field without characters and quotes; in a file of one
        column a line without characters; and, where every field of the file has quotes, an empty one in a column that is no text. Members of a gzip
        file that each begin with the header have one.

        ## The files that are written

        A file takes its name when it is complete; what fails or is stopped leaves no file. One that `--force` replaces keeps its mode, and a link to it stays
        a link. Devices and, with `--force`, named pipes are written to as they are. In CSV and TSV nothing between two delimiters is
        NULL and `""` is the empty text, which `sluice load` and PostgreSQL's `COPY … CSV` read so. Numbers keep all their digits, times all
        theirs; a point in time ends in `Z`, bytes are `\x` and hexadecimal digits, an array is `{1,NULL,"a b"}` and in JSON Lines `[1,null,"a b"]`.
        In a file of one column a NULL is a line without characters.
        JSON is nested in JSON Lines, and its text elsewhere. What JSON has no number for (`NaN`, `Infinity`) is a string there.
        A value that looks like the text of `--null` is written in quotes, and read back as the value.

        ## The target

        | written as | means |
        | --- | --- |
        | `app.db`, `sqlite:PATH` | an SQLite database; it is made only with `--create` |
        | `postgres://user:password@host:port/database?sslmode=require` | a PostgreSQL database. `@ : / ? %` in names and passwords are encoded: `%40 %3A %2F %3F %25` |
        | `postgres:///database?host=/var/run/postgresql` | the same over a Unix socket |
        | `host=… user=… dbname=…`, `Host=…;Username=…;Database=…` | a connection string, as for psql or as for Npgsql |
        | nothing | the variable `SLUICE_TO`, else `sluice.db`, which is made with its tables as needed |

        A table is named as it is (`orders`, `sales.orders`), or as SQL writes it where it has quotes (`'"My Schema"."Orders"'`).

        `PGHOST`, `PGPORT`, `PGUSER`, `PGPASSWORD`, `PGPASSFILE` and `PGDATABASE` fill what is left out. A password is best kept in one of
        them: the arguments of a process can be seen by every user of its machine. No message repeats it.

        An address where none belongs is refused without being repeated, and control characters of names, values and messages are shown as
        escapes. Where nobody takes what is printed, since a stream is full or closed, rows that were committed are no failure; an export to the
        standard output is one.

        A signal (Ctrl-C, TERM) stops the load and rolls back the open transaction; a second one ends the process at once, which the
        database answers with the same rollback.

        """;

    [Fact]
    public async Task The_page_is_what_the_help_prints()
    {
        var page = new StringBuilder(Opening);
        foreach (var verb in new[] { "", "load", "export", "sniff" })
        {
            string[] arguments = verb.Length == 0 ? ["--help"] : [verb, "--help"];
            var help = await SluiceProgram.RunAsync(Path.GetTempPath(), arguments);
            Assert.Equal((0, ""), (help.ExitCode, help.Errors));
            page.Append("\n## sluice").Append(verb.Length == 0 ? "" : $" {verb}").Append("\n\n```text\n");
            foreach (var line in help.Text.Trim().ReplaceLineEndings("\n").Split('\n'))
                page.Append(line.TrimEnd()).Append('\n');
            page.Append("```\n");
        }
        page.Append('\n').Append(Closing);
        var path = Repository.PathTo("docs", "cli.md");
        if (Environment.GetEnvironmentVariable("UPDATE_BASELINES") is "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, page.ToString());
        }
        Assert.Equal(page.ToString(), await File.ReadAllTextAsync(path));
    }
}
