using System.Diagnostics;
using System.Runtime.Versioning;

namespace Sluice.Files.Tests.Writing;

/// <summary>Names that are not plainly those of new files.</summary>
public sealed class PlaceTests : IDisposable
{
    static readonly FileWriteOptions s_overwrite = new() { Overwrite = true };

    readonly string _folder = Directory.CreateTempSubdirectory("sluice-place").FullName;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    string Name(string name) => Path.Combine(_folder, name);

    static Task WriteAsync(string path, FileWriteOptions? options = null) => FileWriter.WriteAsync(Written.Texts([["a", "b"]]), path, options, cancellationToken: Stop);

    const string Csv = "c1,c2\na,b\n";

    static void RequireUnix() => Assert.SkipWhen(OperatingSystem.IsWindows(), "Devices, links and modes are those of Unix.");

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_file_that_is_replaced_can_be_read_by_those_who_could_before()
    {
        RequireUnix();
        var path = Name("secret.csv");
        await File.WriteAllTextAsync(path, "old", Stop);
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite;
        File.SetUnixFileMode(path, Mode);
        await WriteAsync(path, s_overwrite);
        Assert.Equal((Csv, Mode), (await File.ReadAllTextAsync(path, Stop), File.GetUnixFileMode(path)));
    }

    [Fact]
    public async Task Through_a_link_the_file_is_replaced_and_the_link_stays()
    {
        RequireUnix();
        Directory.CreateDirectory(Name("real"));
        await File.WriteAllTextAsync(Name("real/out.csv"), "old", Stop);
        File.CreateSymbolicLink(Name("link.csv"), Name("real/out.csv"));
        await WriteAsync(Name("link.csv"), s_overwrite);
        Assert.Equal(Name("real/out.csv"), new FileInfo(Name("link.csv")).LinkTarget);
        Assert.Equal(Csv, await File.ReadAllTextAsync(Name("real/out.csv"), Stop));
        Assert.Equal([Name("real/out.csv")], Directory.GetFileSystemEntries(Name("real")));
    }

    [Fact]
    public async Task A_pipe_is_written_to_and_stays_one()
    {
        RequireUnix();
        using (var made = Process.Start("mkfifo", [Name("pipe")])!)
            await made.WaitForExitAsync(Stop);
        var read = Task.Run(() => File.ReadAllText(Name("pipe")), Stop);
        await WriteAsync(Name("pipe"), s_overwrite);
        Assert.Equal(Csv, await read.WaitAsync(TimeSpan.FromSeconds(20), Stop));
        Assert.Equal([Name("pipe")], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task A_device_needs_no_leave_to_be_written_to()
    {
        RequireUnix();
        Assert.False(FileWriter.WouldReplace("/dev/null"));
        await WriteAsync("/dev/null");
        var full = await Assert.ThrowsAsync<FileSinkException>(() => WriteAsync("/dev/full"));
        Assert.Equal("SLU0517", full.Code);
        Assert.Contains("device. Check the disk", full.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shared_memory_holds_files_like_any_folder()
    {
        Assert.SkipUnless(Directory.Exists("/dev/shm"), "The system has no /dev/shm.");
        var path = $"/dev/shm/sluice-{Guid.NewGuid():N}.csv";
        try
        {
            await WriteAsync(path);
            Assert.True(FileWriter.WouldReplace(path));
            Assert.Equal(Csv, await File.ReadAllTextAsync(path, Stop));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task A_refusal_of_the_system_names_the_file_that_was_asked_for()
    {
        var e = await Assert.ThrowsAsync<FileSinkException>(() => WriteAsync(Name("nowhere/out.csv")));
        Assert.DoesNotContain(".tmp", e.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
