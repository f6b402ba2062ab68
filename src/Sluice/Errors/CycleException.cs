namespace Sluice;

/// <summary>Rows depend on each other in a circle, so they have no order.</summary>
public sealed class CycleException : BulkException
{
    internal CycleException(Failure failure, IReadOnlyList<object> path)
        : base(failure) => Path = path;

    /// <summary>The keys of one circle: each depends on the next one, and the last one is the first again.</summary>
    public IReadOnlyList<object> Path { get; }
}
