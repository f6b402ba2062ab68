using System.Diagnostics.CodeAnalysis;
using Sluice.Files.Reading;

namespace Sluice.Files;

/// <summary>One row of a file: the texts of its fields, null where there is no value.</summary>
/// <remarks>Points into a block of text that it shares with its neighbours, and keeps that block alive.</remarks>
[Experimental(ExperimentalFor.Providers)]
public readonly struct FileRow
{
    readonly RowBlock _block;
    readonly int _first;

    internal FileRow(RowBlock block, int first, int count, long line)
    {
        _block = block;
        _first = first;
        Count = count;
        Line = line;
    }

    /// <summary>The number of fields, which is that of the file's columns.</summary>
    public int Count { get; }

    /// <summary>The line on which the row begins, from 1.</summary>
    public long Line { get; }

    /// <summary>The text of a field as a string of its own, or null where it has no value.</summary>
    /// <param name="index">The position of the column, from 0.</param>
    public string? this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return TryGetText(index, out var text) ? text.ToString() : null;
        }
    }

    /// <summary>About how many bytes of memory the row takes.</summary>
    internal long Bytes
    {
        get
        {
            var bytes = 0L;
            for (var i = 0; i < Count; i++)
                bytes += (2 * sizeof(int)) + (TryGetText(i, out var text) ? text.Length * sizeof(char) : 0);
            return bytes;
        }
    }

    /// <summary>The same row without the fields behind the first ones.</summary>
    internal FileRow First(int fields) => new(_block, _first, fields, Line);

    /// <summary>Whether a field was a string of JSON.</summary>
    internal bool IsString(int index) => _block.IsString(_first + (index * 2));

    /// <summary>Whether the row does not have the field at all, as a line of JSON without its key.</summary>
    internal bool LeavesOut(int index) => _block.IsLeftOut(_first + (index * 2));

    /// <summary>The text of a field; false where it has no value.</summary>
    internal bool TryGetText(int index, out ReadOnlySpan<char> text) => _block.TryGetText(_first + (index * 2), out text);
}
