using System.Text.Json;
using Sluice.Cli.Tests.Runs;
using Sluice.Specification;
using Sluice.Specification.Databases;
using Sluice.Specification.Servers;

namespace Sluice.Cli.Tests.Spec;

/// <summary>The command on a database; what it did is looked up with the database's own client.</summary>
public abstract class CliSpec : DatabaseSpec, IDisposable
{
    readonly Workplace _workplace = new();

    protected CliSpec(TestDatabase database)
        : base(database)
    {
        Table = database.NewName("t");
    }

    /// <summary>What --to is given.</summary>
    protected abstract string Target { get; }

    /// <summary>A table name that no other test uses.</summary>
    protected string Table { get; }

    protected string Folder => _workplace.Folder;

    protected string Write(string name, string text) => _workplace.Write(name, text);

    protected string Write(string name, byte[] bytes) => _workplace.Write(name, bytes);

    protected Task<ToolOutput> LoadAsync(params string[] arguments) => RunAsync(["load", .. arguments, "--to", Target, "--table", Table]);

    protected Task<ToolOutput> RunAsync(string[] arguments, byte[]? input = null, Dictionary<string, string>? environment = null) =>
        SluiceProgram.RunAsync(Folder, arguments, input, environment);

    protected async Task<string> QueryAsync(string sql) => (await Database.RunClientAsync(sql)).Trim();

    protected Task CreateAsync(string columns) => Database.ExecuteAsync($"CREATE TABLE {Table} ({columns})");

    protected Task<string> CountAsync() => QueryAsync($"SELECT count(*) FROM {Table}");

    protected async Task<bool> TableExistsAsync()
    {
        try
        {
            await CountAsync();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    protected static JsonElement Result(ToolOutput output)
    {
        using var document = JsonDocument.Parse(output.Text);
        return document.RootElement.Clone();
    }

    /// <summary>Asserts the exit code and shows everything that was printed where it differs.</summary>
    protected static void Expect(int exitCode, ToolOutput output) =>
        Assert.True(exitCode == output.ExitCode, $"exit code {output.ExitCode} instead of {exitCode}\nstdout: {output.Text}\nstderr: {output.Errors}");

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _workplace.Dispose();
    }
}
