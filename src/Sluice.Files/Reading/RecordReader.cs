namespace Sluice.Files.Reading;

/// <summary>Reads the rows of a file, whatever its format.</summary>
abstract class RecordReader : IDisposable
{
    // A block of references of this many fields stays below the size of large objects, which are only collected with everything else.
    const int BlockFields = 10_000;

    string?[] _block = [];
    int _used;

    /// <summary>Reads rows; 0 only at the end.</summary>
    internal abstract int Read(Span<FileRow> rows);

    public abstract void Dispose();

    /// <summary>Room for a row's fields, all null, and where it begins.</summary>
    protected string?[] Block(int fields, out int offset)
    {
        if (_block.Length - _used < fields)
        {
            _block = new string?[Math.Max(fields, BlockFields / Math.Max(fields, 1) * fields)];
            _used = 0;
        }
        offset = _used;
        return _block;
    }

    /// <summary>Keeps the room that was given out last as a row.</summary>
    protected FileRow Keep(int fields, long line)
    {
        var row = new FileRow(_block, _used, fields, line);
        _used += fields;
        return row;
    }
}
