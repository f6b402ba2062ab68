using System.Text;

namespace Sluice.Cli.Tests.Runs;

/// <summary>A folder of a test's own, in which the command runs.</summary>
sealed class Workplace : IDisposable
{
    internal string Folder { get; } = Directory.CreateTempSubdirectory("sluice-cli").FullName;

    internal string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    internal string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
