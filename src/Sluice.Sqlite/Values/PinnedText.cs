using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sluice.Sqlite.Values;

/// <summary>Memory that does not move, for texts and bytes that a statement points at until it has run.</summary>
sealed unsafe class PinnedText
{
    const int FirstSize = 4 * 1024;

    // Blocks that were too small for the rest of a statement, which still points into them.
    readonly List<byte[]> _full = [];
    byte[] _block = GC.AllocateUninitializedArray<byte>(FirstSize, pinned: true);
    int _used;

    /// <summary>Room for a value of at most so many bytes; what is not used of it is given back by <see cref="Keep"/>.</summary>
    internal Span<byte> Room(int bytes)
    {
        if (bytes > _block.Length - _used)
            Grow(bytes);
        return _block.AsSpan(_used);
    }

    /// <summary>Keeps the first bytes of the room.</summary>
    /// <returns>Where they are, until <see cref="Clear"/>.</returns>
    internal byte* Keep(int bytes)
    {
        var start = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_block)) + _used;
        _used += bytes;
        return start;
    }

    /// <summary>Forgets every value: no statement points at them any more.</summary>
    internal void Clear()
    {
        _used = 0;
        if (_full.Count > 0)
            _full.Clear();
    }

    void Grow(int bytes)
    {
        _full.Add(_block);
        _block = GC.AllocateUninitializedArray<byte>(Math.Max(bytes, _block.Length * 2), pinned: true);
        _used = 0;
    }
}
