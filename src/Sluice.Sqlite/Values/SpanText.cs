using System.Buffers.Text;

namespace Sluice.Sqlite.Values;

/// <summary>Spans of time as the texts that they are stored as.</summary>
static class SpanText
{
    /// <summary>The order of two spans. What is none comes after all that are, by its bytes.</summary>
    internal static int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var (isLeft, isRight) = (TryRead(left, out var one), TryRead(right, out var other));
        if (isLeft && isRight)
            return one.CompareTo(other);
        return isLeft ? -1 : isRight ? 1 : left.SequenceCompareTo(right);
    }

    internal static bool TryRead(ReadOnlySpan<byte> text, out TimeSpan span) =>
        Utf8Parser.TryParse(text, out span, out var length, 'c') && length == text.Length;
}
