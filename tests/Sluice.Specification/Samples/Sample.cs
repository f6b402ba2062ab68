using FsCheck;
using FsCheck.Fluent;

namespace Sluice.Specification.Samples;

/// <summary>Values to load: the extremes that a type is known to fail at, and random ones of every magnitude.</summary>
public static class Sample
{
    const int RandomValues = 220;

    /// <summary>The extremes, then random values.</summary>
    public static IReadOnlyList<T> Of<T>(Gen<T> generator, params T[] extremes) => [.. extremes, .. generator.Sample(RandomValues)];

    public static Gen<T> From<T>(Func<Random, T> make) => Gen.Choose(0, int.MaxValue).Select(seed => make(new Random(seed)));

    public static Gen<T[]> ArraysOf<T>(Gen<T> element) =>
        from length in Gen.Choose(0, 6)
        from values in element.ArrayOf(length)
        select values;

    public static Gen<T?[]> ArraysWithNullsOf<T>(Gen<T> element)
        where T : struct =>
        ArraysOf(from value in element from isNull in Gen.Choose(0, 3) select isNull == 0 ? (T?)null : value);
}
