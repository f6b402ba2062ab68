namespace Sluice.Files.Writing;

/// <summary>A file under a name of its own beside its place, which it takes when it is complete.</summary>
sealed class OutputFile : IAsyncDisposable
{
    readonly string _path;
    readonly string? _temporary;
    bool _kept;

    OutputFile(string path, string? temporary, FileStream stream)
    {
        _path = path;
        _temporary = temporary;
        Stream = stream;
    }

    internal FileStream Stream { get; }

    internal static OutputFile Create(string path, bool overwrite)
    {
        if (Directory.Exists(path))
            throw Throw.OutputIsFolder(path);
        // A device cannot be put in place of another one.
        var isDevice = path.StartsWith("/dev/", StringComparison.Ordinal);
        if (!isDevice && !overwrite && File.Exists(path))
            throw Throw.OutputExists(path);
        // Within the folder: a file is renamed at once only on its own disk.
        var full = Path.GetFullPath(path);
        var temporary = isDevice ? null : Path.Combine(Path.GetDirectoryName(full)!, $".{Path.GetFileName(full)}.{Guid.NewGuid():N}.tmp");
        try
        {
            return new OutputFile(path, temporary, new FileStream(temporary ?? path, isDevice ? FileMode.Open : FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Throw.OutputNotCreated(path, e);
        }
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
                File.Move(_temporary, _path, overwrite);
            _kept = true;
        }
        catch (IOException) when (!overwrite && File.Exists(_path))
        {
            throw Throw.OutputExists(_path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Throw.OutputFailed(_path, e);
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
