namespace Sluice.Files.Tests.Fakes;

/// <summary>One line again and again, made as it is read.</summary>
sealed class EndlessStream(byte[] line, int lines) : MemoryStream
{
    long _position;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Next(buffer.Span));

    public override int Read(Span<byte> buffer) => throw new InvalidOperationException("Synchronous operations are disallowed.");

    int Next(Span<byte> buffer)
    {
        var count = (int)Math.Min(buffer.Length, ((long)lines * line.Length) - _position);
        for (var i = 0; i < count; i++)
            buffer[i] = line[(_position + i) % line.Length];
        _position += count;
        return count;
    }
}
