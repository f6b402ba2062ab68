using System.Collections.Concurrent;

namespace Sluice.Sqlite.Native;

/// <summary>A thread of its own that runs one connection's native calls in turn, so that no caller and no pool thread is ever blocked.</summary>
sealed class WorkerThread : IDisposable
{
    readonly BlockingCollection<Action> _work = [];

    internal WorkerThread(string name)
    {
        var thread = new Thread(Run) { IsBackground = true, Name = name };
        thread.Start();
    }

    internal Task<TResult> RunAsync<TResult>(Func<TResult> call)
    {
        var done = new TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(() =>
        {
            try
            {
                done.SetResult(call());
            }
            catch (Exception failure)
            {
                done.SetException(failure);
            }
        });
        return done.Task;
    }

    internal Task RunAsync(Action call) => RunAsync(() =>
    {
        call();
        return true;
    });

    void Run()
    {
        foreach (var call in _work.GetConsumingEnumerable())
            call();
        _work.Dispose();
    }

    /// <summary>Lets the thread end after the calls that were already asked for.</summary>
    public void Dispose() => _work.CompleteAdding();
}
