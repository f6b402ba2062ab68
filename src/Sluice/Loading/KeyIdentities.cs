using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Sluice.Loading;

/// <summary>
/// Each row's key as a number that no other key has; a longer key by its hash. Null where a part of the key is, unless nulls are equal, and
/// where rows cannot be told apart.
/// </summary>
/// <param name="nullsEqual">Whether a null is equal to another one.</param>
sealed class KeyIdentities(bool nullsEqual) : KeyUse
{
    UInt128?[] _taken = [];
    int _row;

    internal override bool IsExact => true;

    /// <summary>The rows' identities, in their order.</summary>
    internal ReadOnlySpan<UInt128?> Of(int rows) => _taken.AsSpan(0, rows);

    /// <summary>Begins with the first of so many rows.</summary>
    internal void Start(int rows)
    {
        if (_taken.Length < rows)
            _taken = new UInt128?[rows];
        Array.Clear(_taken);
        _row = 0;
    }

    internal override void Take(KeyEncoder row) => _taken[_row++] = row.IsUnknown ? null : Of(row.Prefix, row.Whole, row.Nulls);

    UInt128? Of(UInt128 key, ReadOnlySpan<byte> whole, ulong nulls)
    {
        if (nulls == 0)
            return whole.Length <= 16 ? key : Hash(whole);
        if (!nullsEqual)
            return null;
        // Which parts are null is a part of the key then.
        var marked = new byte[24 + whole.Length];
        BinaryPrimitives.WriteUInt64BigEndian(marked, nulls);
        if (whole.IsEmpty)
            BinaryPrimitives.WriteUInt128BigEndian(marked.AsSpan(8), key);
        else
            whole.CopyTo(marked.AsSpan(8));
        return Hash(marked);
    }

    static UInt128 Hash(ReadOnlySpan<byte> key)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(key, hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }
}
