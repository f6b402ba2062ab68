using Npgsql;
using Sluice.Specification;
using Sluice.Specification.Servers;

namespace Sluice.Docs.Tests;

/// <summary>The commands of the README do what they say, typed in a folder like a fresh clone.</summary>
public sealed class ShellBlockTests : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sluice-readme");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_readme_s_commands_run_one_after_another()
    {
        var commands = Commands(new MarkdownFile("README.md")).ToList();
        Assert.StartsWith("./sluice load samples/data/airports.csv", commands[0], StringComparison.Ordinal);
        Directory.CreateSymbolicLink(Path.Combine(_folder.FullName, "samples"), Repository.PathTo("samples"));

        foreach (var command in commands.Where(command => command.StartsWith("./sluice ", StringComparison.Ordinal)))
        {
            if (command.Contains("postgres://", StringComparison.Ordinal) && ServerBinaries.Find(15) is null)
                continue;
            var output = await RunAsync(await WithServerAsync(command));
            Assert.True(output.ExitCode == 0, $"'{command}' ended with exit code {output.ExitCode}: {output.Errors}{output.Text}");
        }

        Assert.Equal("3376", (await Tool.RunAsync("sqlite3", [Path.Combine(_folder.FullName, "sluice.db"), "SELECT count(*) FROM airports"])).Trim());
    }

    [Fact]
    public void Every_command_of_the_documents_names_a_program_of_the_clone()
    {
        var missing =
            from file in MarkdownFile.All
            from command in Commands(file)
            where command.StartsWith("./", StringComparison.Ordinal)
            let program = command.Split(' ')[0]
            where !File.Exists(Repository.PathTo(program[2..]))
            select $"{file}: {command}";

        Assert.Empty(missing);
    }

    static IEnumerable<string> Commands(MarkdownFile file) =>
        from block in file.Blocks
        where block.Language is "bash" or "sh" or "console"
        from line in block.Text.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n')
        let command = line.Split(" #")[0].Trim()
        where command.Length > 0 && command[0] != '#'
        select command;

    /// <summary>A document's server is anyone's; here it is the tests' own.</summary>
    static async Task<string> WithServerAsync(string command)
    {
        if (!command.Contains("postgres://", StringComparison.Ordinal))
            return command;
        var server = await SharedServers.GetAsync(15);
        await using (var connection = new NpgsqlConnection(server.ConnectionString))
        {
            await connection.OpenAsync();
            await using var create = new NpgsqlCommand("DROP DATABASE IF EXISTS readme; ", connection);
            await create.ExecuteNonQueryAsync();
            create.CommandText = "CREATE DATABASE readme";
            await create.ExecuteNonQueryAsync();
        }
        return System.Text.RegularExpressions.Regex.Replace(command, @"postgres://\S+", $"postgres://postgres@127.0.0.1:{server.Port}/readme");
    }

    Task<ToolOutput> RunAsync(string command) =>
        Tool.TryRunAsync("bash", ["-c", $"cd '{_folder.FullName}' && {command.Replace("./sluice", $"'{Repository.PathTo("sluice")}'", StringComparison.Ordinal)}"]);
}
