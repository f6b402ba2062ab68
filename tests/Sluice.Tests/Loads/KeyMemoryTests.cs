using Sluice.Loading;

namespace Sluice.Tests.Loads;

/// <summary>Keys are remembered as a hash table would, in whatever order they come.</summary>
public sealed class KeyMemoryTests
{
    [Fact]
    public void It_answers_as_a_dictionary_does()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var memory = new KeyMemory();
            var expected = new Dictionary<UInt128, long>();
            var key = UInt128.Zero;
            var count = random.Next(1, seed % 50 == 0 ? 60_000 : 400);
            for (var ordinal = 0L; ordinal < count; ordinal++)
            {
                // Mostly on, now and then anywhere: a few runs, or many.
                key = random.Next(1 + seed) == 0 ? new UInt128((ulong)random.Next(3), (ulong)random.Next(500)) : key + (UInt128)random.Next(3);
                var isNew = expected.TryAdd(key, ordinal);
                Assert.Equal((seed, isNew), (seed, memory.TryAdd(key, ordinal, out var first)));
                if (!isNew)
                    Assert.Equal(expected[key], first);
            }
        }
    }
}
