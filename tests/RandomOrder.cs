using System.Globalization;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(Sluice.RandomOrder))]
[assembly: TestCaseOrderer(typeof(Sluice.RandomOrder))]

namespace Sluice;

/// <summary>Runs classes, and the tests of a class, in an order that SLUICE_TEST_SEED decides, so that tests which need each other show.</summary>
/// <remarks>A part of every test project. `./test` sets the variable to another number each time, and prints it.</remarks>
public sealed class RandomOrder : ITestCollectionOrderer, ITestCaseOrderer
{
    static readonly string? s_seed = Environment.GetEnvironmentVariable("SLUICE_TEST_SEED");

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection => Shuffle(testCollections, c => c.UniqueID);

    public IReadOnlyCollection<TTestCase> OrderTestCases<TTestCase>(IReadOnlyCollection<TTestCase> testCases)
        where TTestCase : notnull, ITestCase => Shuffle(testCases, c => c.UniqueID);

    // Sorted first: the order in which tests are discovered is not the same each time.
    static T[] Shuffle<T>(IReadOnlyCollection<T> items, Func<T, string> name)
    {
        var shuffled = items.OrderBy(name, StringComparer.Ordinal).ToArray();
        if (int.TryParse(s_seed, CultureInfo.InvariantCulture, out var seed))
            new Random(seed).Shuffle(shuffled);
        return shuffled;
    }
}
