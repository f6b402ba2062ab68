namespace Sluice.Loading;

/// <summary>Whether keys come in their order.</summary>
sealed class KeySequence : KeyUse
{
    KeyIdentities? _identities;
    UInt128 _last;
    byte[] _lastKey = [];
    int _lastLength;

    /// <summary>Whether every key since the start was at least the one before it.</summary>
    internal bool IsInOrder { get; private set; }

    internal override bool IsExact => _identities is not null;

    /// <summary>Begins to look; the first key is compared with the last one before.</summary>
    /// <param name="identities">Who takes the identities of the same rows, or null.</param>
    internal void Start(KeyIdentities? identities)
    {
        IsInOrder = true;
        _identities = identities;
    }

    internal override void Take(KeyEncoder row)
    {
        _identities?.Take(row);
        IsInOrder &= row.Prefix > _last
            || (row.Prefix == _last && (row.IsNumbers || row.Whole.SequenceCompareTo(_lastKey.AsSpan(0, _lastLength)) >= 0));
        _last = row.Prefix;
        if (!row.IsNumbers)
            Remember(row.Whole);
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
