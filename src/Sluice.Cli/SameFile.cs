using System.Runtime.InteropServices;
using System.Text;

namespace Sluice.Cli;

/// <summary>
/// Tells whether a name leads to one of the files of an SQLite database, however it is spelled: by another path, a link or a hard link.
/// </summary>
static class SameFile
{
    const uint Number = 0x100;
    const int RelativeToCurrent = -100;

    static readonly string[] s_companions = ["-wal", "-shm", "-journal"];

    internal static bool IsOf(string database, string output)
    {
        var (read, written) = (Resolve(database), Resolve(output));
        return AreOne(read, written) || Array.Exists(s_companions, c => AreOne(read + c, written));
    }

    /// <summary>The path that a link leads to, also to a file that is not there yet.</summary>
    static string Resolve(string path)
    {
        var full = Path.GetFullPath(path);
        try
        {
            return File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full;
        }
        catch (IOException)
        {
            return full;
        }
    }

    static bool AreOne(string one, string other)
    {
        if (string.Equals(one, other, OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase))
            return true;
        if (IdentityOf(one) is { } identity)
            return identity == IdentityOf(other);
        // One that is not there is the same as another of its name in the same folder.
        return Path.GetFileName(one) == Path.GetFileName(other) && IdentityOf(Path.GetDirectoryName(one)!) is { } folder
            && folder == IdentityOf(Path.GetDirectoryName(other)!);
    }

    /// <summary>Device and number of a file, or null where there is none, or no way to ask.</summary>
    static (ulong Device, ulong Number)? IdentityOf(string path)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        Span<byte> status = stackalloc byte[256];
        try
        {
            if (!Ask(Encoding.UTF8.GetBytes(path + '\0'), status))
                return null;
        }
        catch (EntryPointNotFoundException)
        {
            return null;
        }
        // The same places in the structure on every architecture: stx_ino, stx_dev_major and stx_dev_minor.
        return (MemoryMarshal.Read<ulong>(status[136..]), MemoryMarshal.Read<ulong>(status[32..]));
    }

    static unsafe bool Ask(ReadOnlySpan<byte> path, Span<byte> status)
    {
        fixed (byte* name = path, answer = status)
            return Status(RelativeToCurrent, name, 0, Number, answer) == 0;
    }

    [DllImport("libc", EntryPoint = "statx")]
    static extern unsafe int Status(int folder, byte* path, int flags, uint wanted, byte* status);
}
