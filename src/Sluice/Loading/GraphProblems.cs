namespace Sluice.Loading;

/// <summary>What keeps a graph of objects from being inserted.</summary>
static class GraphProblems
{
    internal static BulkPlanException NoReference(string origin, string child, string parent, IEnumerable<string> expected) => new(
        "SLU0140",
        $"'{origin}' leads to rows whose foreign key is not known: {child} has no settable {Words.Join(expected)} to hold the key of {parent}",
        "Name the property with [ForeignKey], or exclude the way with [NotMapped].");

    /// <summary>Of relations that are read too, which have the same rules.</summary>
    internal static BulkPlanException AmbiguousReference(string list, string child, IEnumerable<string> ways) => new(
        "SLU0184", $"'{list}' may stand for {Words.Join(ways)} of {child}", "Name one with [InverseProperty].");

    internal static BulkPlanException CycleInGraph(IReadOnlyList<string> way) => new(
        "SLU0141",
        $"The objects need each other's keys in a circle, so none can be inserted first: {string.Join(" needs ", way)}",
        "Leave one of these references empty, and set it by an update afterwards.");

    internal static BulkPlanException TwoParents(string child, string names, string one, string other) => new(
        "SLU0142", $"The object at {child} has one {names}, but both {one} and {other} claim it", "Remove it from one of them.");

    internal static BulkPlanException NullInGraph(string place) => new("SLU0143", $"There is a null at {place}", "Remove it.");

    internal static BulkPlanException GraphOfValues(Type type) => new(
        "SLU0185", $"'{type.Name}' is a struct, of which a graph cannot tell two apart", "Make it a class.");

    internal static BulkPlanException GraphInChunks() => new(
        "SLU0183", "A graph is one transaction: half of it would break its own references", "Use CommitPolicy.Atomic.");
}
