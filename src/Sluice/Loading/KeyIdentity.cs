using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Sluice.Loading;

/// <summary>A key as a number that no other key has; a longer one by its hash.</summary>
static class KeyIdentity
{
    /// <param name="key">The key's first 16 bytes, or its numbers.</param>
    /// <param name="whole">All of the key's bytes; none where it is numbers.</param>
    /// <param name="nulls">Which parts are null, a bit for each.</param>
    /// <param name="nullsEqual">Whether a null is equal to another one.</param>
    /// <returns>Null where a part is, unless nulls are equal.</returns>
    internal static UInt128? Of(UInt128 key, ReadOnlySpan<byte> whole, ulong nulls, bool nullsEqual)
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
