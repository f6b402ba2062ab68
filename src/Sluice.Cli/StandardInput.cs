namespace Sluice.Cli;

/// <summary>
/// The standard input, whose reading ends with the token. A read of a pipe that nobody writes to cannot be called back, so it is left
/// behind in a buffer of its own: the process ends without waiting for it.
/// </summary>
sealed class StandardInput(CancellationToken stop) : Stream
{
    readonly Stream _pipe = Console.OpenStandardInput();
    readonly byte[] _buffer = new byte[1 << 16];
    int _start;
    int _end;

    /// <summary>Says that a terminal is read from, which looks as if nothing happened.</summary>
    internal static void TellWhoTypes(string verb)
    {
        if (!Console.IsInputRedirected)
            Summary.WriteLine($"sluice {verb}: Rows are read from this terminal; end them with {(OperatingSystem.IsWindows() ? "Ctrl+Z and Enter" : "Ctrl+D on a line of its own")}.");
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_start == _end)
        {
            _start = 0;
            _end = await Task.Run(() => _pipe.Read(_buffer), CancellationToken.None).WaitAsync(stop).ConfigureAwait(false);
        }
        return Take(buffer.Span);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(Span<byte> buffer)
    {
        if (_start == _end)
        {
            _start = 0;
            _end = Task.Run(() => _pipe.Read(_buffer), CancellationToken.None).WaitAsync(stop).GetAwaiter().GetResult();
        }
        return Take(buffer);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    int Take(Span<byte> buffer)
    {
        var taken = Math.Min(buffer.Length, _end - _start);
        _buffer.AsSpan(_start, taken).CopyTo(buffer);
        _start += taken;
        return taken;
    }
}
