using Sluice.Cli.Tests.Runs;

namespace Sluice.Cli.Tests;

public sealed class SniffTests : IDisposable
{
    readonly Workplace _workplace = new();

    [Theory]
    [InlineData("rows.csv", "id;name\n1;a\n", "--format csv --delimiter ';' --header yes")]
    [InlineData("rows.tsv", "id\tname\n1\ta\n", "--format tsv --header yes")]
    [InlineData("rows.jsonl", "{\"id\":1}\n", "--format jsonl")]
    public async Task The_first_line_is_the_flags_that_reproduce_the_detection(string name, string text, string flags)
    {
        _workplace.Write(name, text);
        var run = await SluiceProgram.RunAsync(_workplace.Folder, ["sniff", name]);
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        var lines = run.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(flags, lines[0]);
        Assert.All(lines[1..], line => Assert.StartsWith("#", line, StringComparison.Ordinal));

        var arguments = flags.Replace("'", "", StringComparison.Ordinal).Split(' ');
        var again = await SluiceProgram.RunAsync(_workplace.Folder, ["sniff", name, .. arguments]);
        Assert.Equal(run.Text, again.Text);
    }

    [Fact]
    public async Task The_columns_are_shown_as_the_table_that_they_would_become()
    {
        _workplace.Write("people.csv", "id,zip,height,since\n1,00501,1.5,2020-01-31\n2,10001,,2021-01-31\n");
        var run = await SluiceProgram.RunAsync(_workplace.Folder, ["sniff", "people.csv"]);
        Assert.Contains("# CREATE TABLE \"people\" (", run.Text, StringComparison.Ordinal);
        Assert.Contains("#   \"zip\" text,", run.Text, StringComparison.Ordinal);
        Assert.Contains("#   \"since\" date\n", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_file_is_unreadable()
    {
        var run = await SluiceProgram.RunAsync(_workplace.Folder, ["sniff", "nowhere.csv"]);
        Assert.Equal(ExitCode.SourceUnreadable, run.ExitCode);
        Assert.StartsWith("sluice sniff: ", run.Errors, StringComparison.Ordinal);
        Assert.Equal("", run.Text);
    }

    public void Dispose() => _workplace.Dispose();
}
