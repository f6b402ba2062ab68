using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sluice.Sqlite.Values;

namespace Sluice.Sqlite.Functions;

/// <summary>
/// The orders of texts that stand for values. A comparison takes what it compares from memory that lives as long as the call.
/// </summary>
static unsafe class ValueCollations
{
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static int Number(nint unused, int leftLength, byte* left, int rightLength, byte* right) =>
        NumberText.Compare(new(left, leftLength), new(right, rightLength));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static int Moment(nint unused, int leftLength, byte* left, int rightLength, byte* right)
    {
        ReadOnlySpan<byte> one = new(left, leftLength);
        ReadOnlySpan<byte> other = new(right, rightLength);
        return one.SequenceEqual(other) ? 0 : MomentText.Compare(one, other);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static int Span(nint unused, int leftLength, byte* left, int rightLength, byte* right) =>
        SpanText.Compare(new(left, leftLength), new(right, rightLength));
}
