namespace Sluice.Files.Tests.Fakes;

/// <summary>Gives its bytes in small pieces, then fails as a disk does.</summary>
sealed class FailingStream(byte[] bytes, int piece = 7) : MemoryStream(bytes)
{
    public override int Read(Span<byte> buffer)
    {
        var count = base.Read(buffer[..Math.Min(buffer.Length, piece)]);
        return count > 0 ? count : throw new IOException("The device is gone.");
    }
}
