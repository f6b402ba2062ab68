namespace Sluice.Files;

/// <summary>One row of a file: the texts of its fields, null where there is no value.</summary>
public readonly struct FileRow
{
    readonly string?[] _block;
    readonly int _offset;

    internal FileRow(string?[] block, int offset, int count, long line)
    {
        _block = block;
        _offset = offset;
        Count = count;
        Line = line;
    }

    /// <summary>The number of fields, which is that of the file's columns.</summary>
    public int Count { get; }

    /// <summary>The line on which the row begins, from 1.</summary>
    public long Line { get; }

    /// <summary>The text of a field, or null where it has no value.</summary>
    /// <param name="index">The position of the column, from 0.</param>
    public string? this[int index] => Values[index];

    internal ReadOnlySpan<string?> Values => _block.AsSpan(_offset, Count);
}
