namespace Sluice.Loading;

/// <summary>Each row's key by its first 16 bytes, for sorting.</summary>
sealed class KeyPrefixes(int rows) : KeyUse
{
    int _row;

    /// <summary>The rows' keys, in their order.</summary>
    internal UInt128[] Keys { get; } = new UInt128[rows];

    /// <summary>Whether a key was longer, so that equal prefixes need not be equal keys.</summary>
    internal bool AreCut { get; private set; }

    internal override void Take(KeyEncoder row)
    {
        Keys[_row++] = row.Prefix;
        AreCut |= row.Whole.Length > 16;
    }
}
