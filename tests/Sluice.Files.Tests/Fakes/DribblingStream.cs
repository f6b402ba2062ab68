namespace Sluice.Files.Tests.Fakes;

/// <summary>Gives its bytes in pieces of one size, as a pipe may.</summary>
sealed class DribblingStream(byte[] bytes, int piece) : MemoryStream(bytes)
{
    public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, piece)]);
}
