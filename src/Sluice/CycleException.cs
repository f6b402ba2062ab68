namespace Sluice;

/// <summary>Rows depend on each other in a circle, so they have no order.</summary>
public sealed class CycleException : BulkException
{
    internal CycleException(string code, string message, IReadOnlyList<object> path)
        : base(code, message) => Path = path;

    /// <summary>The keys of one circle: each depends on the next one, and the last one is the first again.</summary>
    public IReadOnlyList<object> Path { get; }
}
