using Microsoft.Win32.SafeHandles;
using Sluice.Cli.Streams;

namespace Sluice.Cli;

/// <summary>
/// The standard output, which tells when its reader has gone, as the console's own stream does not; waiting for the reader ends with the
/// token.
/// </summary>
sealed class StandardOutput(CancellationToken stop) : Stream
{
    const int Descriptor = 1;
    const int BrokenPipe = 32;

    readonly Stream _pipe = Open();

    /// <summary>Whether whoever read the output has closed it.</summary>
    internal bool IsClosed { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    // A file's place is shared with whoever writes to it next; only the console's stream moves it.
    static Stream Open()
    {
        if (OperatingSystem.IsWindows())
            return Console.OpenStandardOutput();
        if (!StandardStreams.IsGiven(Descriptor))
            return new ClosedOutput();
        var stream = new FileStream(new SafeFileHandle(Descriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return stream.CanSeek ? Console.OpenStandardOutput() : stream;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
            return;
        try
        {
            await Task.Run(() => _pipe.Write(buffer.Span), CancellationToken.None).WaitAsync(stop).ConfigureAwait(false);
        }
        catch (IOException broken) when (broken.HResult == BrokenPipe)
        {
            IsClosed = true;
            throw;
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) =>
        WriteAsync(buffer.AsMemory(offset, count), CancellationToken.None).AsTask().GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>In place of an output that was closed before the command began.</summary>
    sealed class ClosedOutput : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("the standard output is closed");
    }
}
