namespace Sluice.Loading;

/// <summary>Byte strings from left to right, a prefix before what it begins.</summary>
sealed class ByteOrder : IComparer<byte[]>
{
    internal static ByteOrder Instance { get; } = new();

    public int Compare(byte[]? x, byte[]? y) => x.AsSpan().SequenceCompareTo(y);
}
