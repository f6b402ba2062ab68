namespace Sluice.Reading;

/// <summary>One enumeration of a stream, a batch at a time.</summary>
abstract class BatchRun<T> : IAsyncDisposable
{
    internal abstract bool IsCancelled { get; }

    /// <summary>The next batch; empty at the end.</summary>
    internal abstract ValueTask<ArraySegment<T>> NextAsync();

    public abstract ValueTask DisposeAsync();
}
