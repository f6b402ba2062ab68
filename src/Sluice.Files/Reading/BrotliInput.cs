using System.Buffers;
using System.IO.Compression;

namespace Sluice.Files.Reading;

/// <summary>
/// Decompresses Brotli, and refuses a file that ends too early, which <see cref="BrotliStream"/> takes for a finished one.
/// </summary>
sealed class BrotliInput(RawInput raw, string path) : InputStream
{
    readonly byte[] _buffer = new byte[1 << 16];
    BrotliDecoder _decoder;
    int _start;
    int _end;
    bool _done;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!_done && buffer.Length > 0)
        {
            var status = Decompress(buffer.Span, out var written);
            if (status is OperationStatus.InvalidData)
                throw InputProblems.Corrupt(path, "Brotli", raw.BytesRead, innerException: null);
            _done = status is OperationStatus.Done;
            if (written > 0)
                return written;
            if (status is OperationStatus.NeedMoreData)
                await FillAsync(cancellationToken).ConfigureAwait(false);
        }
        if (_done && (_start < _end || await raw.ReadAsync(_buffer, cancellationToken).ConfigureAwait(false) > 0))
            throw InputProblems.TrailingBytes(path, raw.BytesRead);
        return 0;
    }

    OperationStatus Decompress(Span<byte> buffer, out int written)
    {
        var status = _decoder.Decompress(_buffer.AsSpan(_start, _end - _start), buffer, out var consumed, out written);
        _start += consumed;
        return status;
    }

    async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        var count = await raw.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        if (count == 0)
            throw InputProblems.Truncated(path, "Brotli", raw.BytesRead, innerException: null);
        _end += count;
    }

    public override ValueTask DisposeAsync()
    {
        _decoder.Dispose();
        return raw.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _decoder.Dispose();
            raw.Dispose();
        }
        base.Dispose(disposing);
    }
}
