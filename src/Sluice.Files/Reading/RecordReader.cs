namespace Sluice.Files.Reading;

/// <summary>Reads the rows of a file, whatever its format, into blocks of text.</summary>
/// <remarks>Rows are parsed where they lie; only for more bytes does anyone wait, between two rows.</remarks>
abstract class RecordReader : IAsyncDisposable
{
    // Rows that are read at once: few where they are long, so that whoever asked for many of them gets to see how long they are.
    const int MostBytes = 1 << 20;

    // Arrays of this size stay below that of large objects, which are only collected together with everything else.
    const int BlockCharacters = 40_000;
    const int BlockBounds = 20_000;

    RowBlock _block = new(0, 0);
    int _characters;
    int _bounds;

    /// <summary>Waits until a row is at hand; false at the end.</summary>
    internal abstract ValueTask<bool> FillAsync(CancellationToken cancellationToken);

    /// <summary>Reads the next row, if it is at hand.</summary>
    protected abstract bool TryRead(out FileRow row);

    public abstract ValueTask DisposeAsync();

    /// <summary>Reads rows that are at hand, about a megabyte of them at most.</summary>
    internal int Read(Span<FileRow> rows)
    {
        var count = 0;
        for (long bytes = 0; count < rows.Length && bytes < MostBytes && TryRead(out rows[count]); count++)
            bytes += rows[count].Bytes;
        return count;
    }

    /// <summary>Reads rows, waiting for at least one; 0 only at the end.</summary>
    internal async ValueTask<int> ReadAsync(Memory<FileRow> rows, CancellationToken cancellationToken)
    {
        while (true)
        {
            var count = Read(rows.Span);
            if (count > 0 || rows.IsEmpty || !await FillAsync(cancellationToken).ConfigureAwait(false))
                return count;
        }
    }

    /// <summary>Room for the text of the next row.</summary>
    protected Span<char> Reserve(int characters, int fields)
    {
        if (_block.Text.Length - _characters < characters || _block.Bounds.Length - _bounds < fields * 2)
        {
            // As many bounds as the last block's rows took, so that text and bounds run out together.
            var bounds = _bounds == 0 || _characters == 0
                ? BlockBounds
                : (int)Math.Min((long)_bounds * BlockCharacters / _characters, BlockBounds);
            _block = new RowBlock(Math.Max(characters, BlockCharacters), Math.Max(fields * 2, bounds));
            _characters = _bounds = 0;
        }
        return _block.Text.AsSpan(_characters, characters);
    }

    /// <summary>
    /// The bounds of the row that room was reserved for: for each field its start in that room, as a complement for a string of JSON, and
    /// its end, negative for no value.
    /// </summary>
    protected Span<int> Bounds(int fields) => _block.Bounds.AsSpan(_bounds, fields * 2);

    /// <summary>Keeps what has been written since the last reservation as a row.</summary>
    protected FileRow Keep(int characters, int fields, long line)
    {
        var bounds = Bounds(fields);
        for (var i = 0; i < bounds.Length; i += 2)
        {
            if (bounds[i + 1] < 0)
                continue;
            bounds[i] += bounds[i] < 0 ? -_characters : _characters;
            bounds[i + 1] += _characters;
        }
        var row = new FileRow(_block, _bounds, fields, line);
        _characters += characters;
        _bounds += fields * 2;
        return row;
    }
}
