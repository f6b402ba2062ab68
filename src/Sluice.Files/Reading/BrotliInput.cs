using System.Buffers;
using System.IO.Compression;

namespace Sluice.Files.Reading;

/// <summary>Decompresses Brotli, and refuses a file that ends too early, which <see cref="BrotliStream"/> takes for a finished one.</summary>
sealed class BrotliInput(RawInput raw, string path) : InputStream
{
    readonly byte[] _buffer = new byte[1 << 16];
    BrotliDecoder _decoder;
    int _start;
    int _end;
    bool _done;

    public override int Read(Span<byte> buffer)
    {
        while (!_done && buffer.Length > 0)
        {
            var status = _decoder.Decompress(_buffer.AsSpan(_start, _end - _start), buffer, out var consumed, out var written);
            _start += consumed;
            if (status is OperationStatus.InvalidData)
                throw Throw.Corrupt(path, "Brotli", raw.BytesRead, innerException: null);
            _done = status is OperationStatus.Done;
            if (written > 0)
                return written;
            if (status is OperationStatus.NeedMoreData)
                Fill();
        }
        if (_done && (_start < _end || raw.Read(_buffer) > 0))
            throw Throw.TrailingBytes(path, raw.BytesRead);
        return 0;
    }

    void Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        var count = raw.Read(_buffer.AsSpan(_end));
        if (count == 0)
            throw Throw.Truncated(path, "Brotli", raw.BytesRead, innerException: null);
        _end += count;
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
