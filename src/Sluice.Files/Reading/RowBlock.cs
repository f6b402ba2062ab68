namespace Sluice.Files.Reading;

/// <summary>The text of some hundred rows, and where their fields begin and end in it.</summary>
/// <remarks>Two arrays instead of a string for each field: rows may be held by the million while they are sorted.</remarks>
sealed class RowBlock(int characters, int bounds)
{
    internal readonly char[] Text = GC.AllocateUninitializedArray<char>(characters);

    /// <summary>
    /// For each field its start and its end; the end is negative where there is no value, the start's complement stands for a string of
    /// JSON.
    /// </summary>
    internal readonly int[] Bounds = GC.AllocateUninitializedArray<int>(bounds);

    /// <summary>What stands for the end of a field that the row does not have at all.</summary>
    internal const int LeftOut = -2;

    internal bool IsLeftOut(int bound) => Bounds[bound + 1] == LeftOut;

    internal bool TryGetText(int bound, out ReadOnlySpan<char> text)
    {
        var start = StartOf(Bounds[bound]);
        var end = Bounds[bound + 1];
        text = end < 0 ? default : Text.AsSpan(start, end - start);
        return end >= 0;
    }

    /// <summary>Whether a value was a string of JSON, whose text need not be a document of its own.</summary>
    internal bool IsString(int bound) => Bounds[bound] < 0 && Bounds[bound + 1] >= 0;

    /// <summary>The place at which a field begins.</summary>
    internal static int StartOf(int bound) => bound < 0 ? ~bound : bound;
}
