using System.Text.RegularExpressions;
using Sluice.Cli.Tests.Runs;
using Sluice.Specification.Servers;

namespace Sluice.Cli.Tests;

/// <summary>What the command says is to be done can be done on a command line.</summary>
public sealed partial class CommandWordsTests : IDisposable
{
    readonly Workplace _workplace = new();

    [Fact]
    public void A_message_is_composed_of_the_parts_in_the_words_of_its_reader()
    {
        var failure = new Failure("SLU0203", "the value is odd", new("Use Even.") { Command = "Add --even." }, Kept.NothingSent)
        {
            Kind = FailureKind.Row,
            RowNumber = 7,
            ColumnName = "a",
            HidesValue = true,
        };

        Assert.Equal("Row 7, column 'a': the value is odd. Use Even. Nothing was sent. Set IncludeValues to see the value. (SLU0203)",
            failure.Message);
        Assert.Equal("Row 7, column 'a': the value is odd. Add --even. Nothing was sent. Add --show-values to see the value. (SLU0203)",
            CommandWords.Describe(new BulkRowException(failure)));
        failure = failure with { Remedy = new("See the inner exception.") { Command = "" }, HidesValue = false, Kept = Kept.Unsaid };
        Assert.Equal("Row 7, column 'a': the value is odd. Nothing was kept. (SLU0203)",
            CommandWords.Describe(new BulkRowException(failure), Kept.Nothing));
    }

    [Theory]
    [InlineData("id,name\n1,a,b\n", "--delimiter", "load", "rows.csv", "--to", "new.db", "--create")]
    [InlineData("id,id\n1,a\n", "--header no", "load", "rows.csv", "--to", "new.db", "--create")]
    [InlineData("id,name\n1,\"a\n", "double", "load", "rows.csv", "--to", "new.db", "--create")]
    [InlineData("id,other\n1,a\n", "--map", "load", "rows.csv", "--to", "t.db", "--table", "t")]
    [InlineData("id,twice\n1,2\n", "--query", "load", "rows.csv", "--to", "t.db", "--table", "t")]
    [InlineData("name\na\n", "--key", "load", "rows.csv", "--to", "t.db", "--table", "keyless", "--mode", "update")]
    [InlineData("name\na\n", "--key", "load", "rows.csv", "--to", "t.db", "--table", "keyless", "--mode", "upsert", "--key", "name")]
    [InlineData("id\n1\n", "Add the columns", "load", "rows.csv", "--to", "t.db", "--table", "t", "--mode", "update")]
    [InlineData("id,name\n1,a\n1,b\n", "--duplicates", "load", "rows.csv", "--to", "t.db", "--table", "t", "--mode", "upsert")]
    [InlineData("id,name\n", "--allow-empty", "load", "rows.csv", "--to", "t.db", "--table", "t", "--mode", "sync", "--where", "id > 0")]
    [InlineData("id,name\nx,a\n", "--show-values", "load", "rows.csv", "--to", "t.db", "--table", "t")]
    [InlineData("id,name\n1,a\n", "--create", "load", "rows.csv", "--to", "t.db", "--table", "nothing")]
    [InlineData("", "--force", "export", "t.db", "--table", "t", "-o", "rows.csv")]
    public async Task A_remedy_is_one_of_the_command_line(string text, string remedy, params string[] arguments)
    {
        _workplace.Write("rows.csv", text);
        await Tool.RunAsync(
            "sqlite3", [Path.Combine(_workplace.Folder, "t.db"), "CREATE TABLE t (id integer PRIMARY KEY, name text, twice AS (id * 2)); CREATE TABLE keyless (id integer, name text)"]);
        var run = await SluiceProgram.RunAsync(_workplace.Folder, arguments);
        Assert.NotEqual(ExitCode.Done, run.ExitCode);
        Assert.Contains(remedy, run.Errors, StringComparison.Ordinal);
        Assert.DoesNotMatch(CSharp(), run.Errors);
    }

    /// <summary>Names of the library's options and calls, which nobody can write on a command line.</summary>
    [GeneratedRegex(@"IncludeValues|CommitPolicy|Duplicates\.|RowOrder|RowPath|DictionaryKeys|BusyTimeout|allowEmpty|WhereIndex|\[[A-Z]\w+\]|HasHeader|NullText|\w+Async|inner exception", RegexOptions.None, 1000)]
    private static partial Regex CSharp();

    public void Dispose() => _workplace.Dispose();
}
