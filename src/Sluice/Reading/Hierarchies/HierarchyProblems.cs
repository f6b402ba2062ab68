using System.Globalization;

namespace Sluice.Reading.Hierarchies;

/// <summary>What is wrong with rows that depend on each other.</summary>
static class HierarchyProblems
{
    internal static CycleException Cycle(IReadOnlyList<object> path)
    {
        const int most = 24;
        var shown = path.Count <= most
            ? path
            : [.. path.Take(most / 2), string.Create(CultureInfo.InvariantCulture, $"({path.Count - most} more)"), .. path.TakeLast(most / 2)];
        return new CycleException(
            new Failure(
                "SLU0720",
                "These depend on each other in a circle, so none of them can come first: " + string.Join(" → ",
                    shown.Select(key => Convert.ToString(key, CultureInfo.InvariantCulture))),
                "Remove one of these dependencies, or leave it out of the query.",
                Kept.NothingChanged),
            path);
    }

    internal static BulkPlanException KeysWithoutOrder(Type type) => new(
        "SLU0721", $"Keys of type '{type.Name}' have no order of their own, which levels are sorted by", "Read them as a number, a text or a Guid.");

    internal static BulkException TreeStopped(long kept, BulkException failure) => new(
        new Failure(
            "SLU0722",
            $"The change of a tree stopped on its way: {failure.Failure.Headline}. {failure.Remedy}".TrimEnd(' ', '.'),
            "Remove the cause and run it again, which goes on with the rest.",
            Kept.Steps(kept))
        { Kind = failure.Failure.Kind, SqlState = failure.SqlState, IsTransient = failure.IsTransient },
        failure);
}
