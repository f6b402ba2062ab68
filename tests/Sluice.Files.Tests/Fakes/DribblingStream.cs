namespace Sluice.Files.Tests.Fakes;

/// <summary>Gives its bytes in pieces of one size, as a pipe may.</summary>
sealed class DribblingStream(byte[] bytes, int piece) : MemoryStream(bytes)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Next(buffer.Span));

    public override int Read(Span<byte> buffer) => throw new InvalidOperationException("Synchronous operations are disallowed.");

    int Next(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, piece)]);
}
