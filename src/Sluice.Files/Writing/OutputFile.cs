using System.Diagnostics.CodeAnalysis;

namespace Sluice.Files.Writing;

/// <summary>
/// A file under a name of its own beside its place, which it takes when it is complete. Devices and pipes are written to as they are.
/// </summary>
sealed class OutputFile : IAsyncDisposable
{
    readonly string _path;
    readonly string _target;
    readonly string? _temporary;
    bool _kept;

    OutputFile(string path, string target, string? temporary, FileStream stream)
    {
        _path = path;
        _target = target;
        _temporary = temporary;
        Stream = stream;
    }

    internal FileStream Stream { get; }

    internal OutputPlace Place => new(_path, IsFile: _temporary is not null);

    /// <summary>
    /// Whether the name is one of a device, which nothing can be put in place of; the folder of shared memory holds files.
    /// </summary>
    static bool IsDevice(string path) =>
        (path.StartsWith("/dev/", StringComparison.Ordinal) && !path.StartsWith("/dev/shm/", StringComparison.Ordinal))
            || path.StartsWith("/proc/self/fd/", StringComparison.Ordinal);

    /// <summary>Whether a file is there that would be lost.</summary>
    internal static bool WouldReplace(string path) =>
        !IsDevice(path) && File.Exists(path) && (!TryResolve(path, out var target) || File.Exists(target));

    internal static OutputFile Create(string path, bool overwrite)
    {
        if (Directory.Exists(path))
            throw OutputProblems.OutputIsFolder(path);
        var replaces = WouldReplace(path);
        if (replaces && !overwrite)
            throw OutputProblems.OutputExists(path);
        var temporary = path;
        try
        {
            if (IsDevice(path))
                return new OutputFile(path, path, temporary: null, Open(path));
            var target = Resolve(Path.GetFullPath(path));
            // Within the folder: a file is renamed at once only on its own disk.
            temporary = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}.tmp");
            return replaces && TryOpenPipe(target) is { } pipe
                ? new OutputFile(path, target, temporary: null, pipe)
                : new OutputFile(path, target, temporary, CreateNew(temporary, modeOf: replaces ? target : null));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw OutputProblems.OutputNotCreated(path, FileWords.Reason(e).Replace(temporary, path, StringComparison.Ordinal), e);
        }
    }

    // The file that a link leads to is written or replaced, not the link. Its own target is relative to the folder that it is in, so its
    // path must be whole.
    static string Resolve(string path) =>
        new FileInfo(path).LinkTarget is null ? path : File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;

    static bool TryResolve(string path, [NotNullWhen(true)] out string? target)
    {
        try
        {
            target = Resolve(Path.GetFullPath(path));
            return true;
        }
        catch (IOException)
        {
            // Links that lead to each other in a circle, which creating the file will tell.
            target = null;
            return false;
        }
    }

    static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);

    // Only an open file tells whether it is a pipe; opening changes nothing.
    static FileStream? TryOpenPipe(string path)
    {
        try
        {
            var stream = Open(path);
            if (!stream.CanSeek)
                return stream;
            stream.Dispose();
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
    }

    // Who could not read the file before must not read the one that takes its place.
    static FileStream CreateNew(string path, string? modeOf)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read, BufferSize = 0 };
        if (modeOf is null || OperatingSystem.IsWindows())
            return new FileStream(path, options);
        var mode = File.GetUnixFileMode(modeOf);
        options.UnixCreateMode = mode;
        var stream = new FileStream(path, options);
        File.SetUnixFileMode(stream.SafeFileHandle, mode);
        return stream;
    }

    /// <summary>Gives the file its name. Its bytes are on the disk before.</summary>
    internal async Task KeepAsync(bool overwrite)
    {
        try
        {
            if (_temporary is not null)
                Stream.Flush(flushToDisk: true);
            await Stream.DisposeAsync().ConfigureAwait(false);
            if (_temporary is not null)
                File.Move(_temporary, _target, overwrite);
            _kept = true;
        }
        catch (IOException) when (!overwrite && File.Exists(_path))
        {
            throw OutputProblems.OutputExists(_path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw OutputProblems.OutputFailed(Place, e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_kept)
            return;
        try
        {
            await Stream.DisposeAsync().ConfigureAwait(false);
            if (_temporary is not null)
                File.Delete(_temporary);
        }
        catch (IOException)
        {
            // What made the file fail is on its way to the caller.
        }
    }
}
