using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Threading.Tasks.Sources;

namespace Sluice.Reading.Pipelines;

/// <summary>Some rows on their way, and what becomes of them. Used again once the consumer has had them.</summary>
sealed class TransformBatch<T, TOut>(int rows) : IValueTaskSource
{
    readonly T[] _given = new T[rows];
    readonly TOut[] _made = new TOut[rows];
    ManualResetValueTaskSourceCore<bool> _done = new() { RunContinuationsAsynchronously = true };

    internal long Number { get; set; }

    internal int Count { get; private set; }

    /// <summary>How many rows were made, before the end or a failure.</summary>
    internal int Ready { get; private set; }

    internal ExceptionDispatchInfo? Failure { get; private set; }

    internal bool IsFull => Count == _given.Length;

    /// <summary>Ends when the rows are made, or have failed to be. Awaited once.</summary>
    internal ValueTask Done => new(this, _done.Version);

    internal T Given(int index) => _given[index];

    internal TOut Made(int index) => _made[index];

    internal void Add(T row) => _given[Count++] = row;

    internal void Make(TOut row) => _made[Ready++] = row;

    internal void End(Exception? failure)
    {
        Failure = failure is null ? null : ExceptionDispatchInfo.Capture(failure);
        _done.SetResult(true);
    }

    internal void Reset()
    {
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
            Array.Clear(_given, 0, Count);
        if (RuntimeHelpers.IsReferenceOrContainsReferences<TOut>())
            Array.Clear(_made, 0, Ready);
        (Count, Ready, Failure) = (0, 0, null);
        _done.Reset();
    }

    public void GetResult(short token) => _done.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _done.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _done.OnCompleted(continuation, state, token, flags);
}
