namespace Sluice.Files.Tests.Fakes;

/// <summary>Gives its bytes in small pieces, then fails as a disk does.</summary>
sealed class FailingStream(byte[] bytes, int piece = 7) : MemoryStream(bytes)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return new(Next(buffer.Span));
        }
        catch (IOException e)
        {
            return ValueTask.FromException<int>(e);
        }
    }

    public override int Read(Span<byte> buffer) => throw new InvalidOperationException("Synchronous operations are disallowed.");

    int Next(Span<byte> buffer)
    {
        var count = base.Read(buffer[..Math.Min(buffer.Length, piece)]);
        return count > 0 ? count : throw new IOException("The device is gone.");
    }
}
