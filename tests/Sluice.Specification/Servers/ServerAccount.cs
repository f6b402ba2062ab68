namespace Sluice.Specification.Servers;

/// <summary>The account that servers run under: this process' own, or "postgres" where this one is root, which PostgreSQL refuses.</summary>
static class ServerAccount
{
    const string Name = "postgres";

    internal static (string Program, IEnumerable<string> Arguments) Command(string[] command) => Environment.IsPrivilegedProcess
        ? ("setpriv", [$"--reuid={Name}", $"--regid={Name}", "--clear-groups", .. command])
        : (command[0], command[1..]);

    internal static async Task OwnAsync(string folder)
    {
        if (Environment.IsPrivilegedProcess)
            await Tool.RunAsync("chown", ["-R", $"{Name}:{Name}", folder]);
    }

    /// <summary>A folder with the same programs that the account may enter: the one given, or a copy in the server's own folder.</summary>
    internal static async Task<string> MakeReachableAsync(string bin, string folder)
    {
        if (!Environment.IsPrivilegedProcess)
            return bin;
        await OwnAsync(folder);
        var (program, arguments) = Command(["test", "-x", Path.Combine(bin, "postgres")]);
        if ((await Tool.TryRunAsync(program, arguments)).ExitCode == 0)
            return bin;
        var copy = Path.Combine(folder, "programs");
        await Tool.RunAsync("cp", ["-a", Path.GetDirectoryName(bin)!, copy]);
        return Path.Combine(copy, Path.GetFileName(bin));
    }
}
