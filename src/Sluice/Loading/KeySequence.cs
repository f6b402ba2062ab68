namespace Sluice.Loading;

/// <summary>Whether keys come in their order.</summary>
sealed class KeySequence
{
    UInt128 _last;
    byte[] _lastKey = [];
    int _lastLength;

    /// <summary>Whether every key since the start was at least the one before it.</summary>
    internal bool IsInOrder { get; private set; }

    /// <summary>Begins to look; the first key is compared with the last one before.</summary>
    internal void Start() => IsInOrder = true;

    /// <summary>Adds a key that is one number or two.</summary>
    internal void Add(UInt128 key)
    {
        IsInOrder &= key >= _last;
        _last = key;
    }

    /// <summary>Adds a key of bytes.</summary>
    /// <param name="key">Its first 16.</param>
    /// <param name="whole">All of them.</param>
    internal void Add(UInt128 key, ReadOnlySpan<byte> whole)
    {
        IsInOrder &= key > _last || (key == _last && whole.SequenceCompareTo(_lastKey.AsSpan(0, _lastLength)) >= 0);
        _last = key;
        Remember(whole);
    }

    // Texts agree in their first 16 bytes more often than not, so the next key is compared with all of this one.
    void Remember(ReadOnlySpan<byte> whole)
    {
        if (_lastKey.Length < whole.Length)
            _lastKey = new byte[whole.Length * 2];
        whole.CopyTo(_lastKey);
        _lastLength = whole.Length;
    }
}
