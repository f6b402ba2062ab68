using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Sluice.Sqlite.Workers;

/// <summary>A thread of its own that runs one connection's native calls in turn, so that no caller is blocked.</summary>
/// <remarks>
/// A call of microseconds is not worth the way there and back: a thread of the pool that finds the connection idle makes it by itself.
/// A thread that somebody looks at, as that of a user interface, is not of the pool.
/// </remarks>
sealed class WorkerThread : IDisposable
{
    // To wake a sleeping thread takes longer than to write a row, so the thread looks out for the next call a while before it sleeps.
    static readonly long s_lookout = Environment.ProcessorCount > 1 ? Stopwatch.Frequency / 50_000 : 0;

    // To be woken takes as long: who asks for something short does better to wait for it awake.
    static readonly long s_patience = Environment.ProcessorCount > 1 ? Stopwatch.Frequency / 50_000 : 0;

    readonly ConcurrentQueue<Call> _calls = [];

    /// <summary>Says what a failure means to who asked for the call.</summary>
    internal Func<Exception, Exception> Explain { get; set; } = static failure => failure;

    readonly Lock _turn = new();
    readonly object _sleep = new();
    volatile bool _sleeps;
    volatile bool _ended;

    internal WorkerThread(string name)
    {
        var thread = new Thread(Run) { IsBackground = true, Name = name };
        thread.Start();
    }

    /// <summary>Runs a call.</summary>
    /// <param name="call">What is run on the thread.</param>
    /// <param name="argument">What it is given.</param>
    /// <param name="isBrief">Whether it takes microseconds, which are waited for before anything else is done.</param>
    internal Task<TResult> RunAsync<TArgument, TResult>(Func<TArgument, TResult> call, TArgument argument, bool isBrief = false)
    {
        if (isBrief && TryRunHere(call, argument, out var done))
            return done;
        var work = new Call<TArgument, TResult>(this, call, argument);
        _calls.Enqueue(work);
        Wake();
        if (isBrief)
            Await(work.Task);
        return work.Task;
    }

    bool TryRunHere<TArgument, TResult>(Func<TArgument, TResult> call, TArgument argument, [NotNullWhen(true)] out Task<TResult>? done)
    {
        done = null;
        if (!Thread.CurrentThread.IsThreadPoolThread || !_calls.IsEmpty || _turn.IsHeldByCurrentThread || !_turn.TryEnter())
            return false;
        try
        {
            done = Task.FromResult(call(argument));
        }
        catch (Exception failure)
        {
            done = Task.FromException<TResult>(Explain(failure));
        }
        finally
        {
            _turn.Exit();
        }
        return true;
    }

    static void Await(Task call)
    {
        var begun = Stopwatch.GetTimestamp();
        while (!call.IsCompleted && Stopwatch.GetTimestamp() - begun < s_patience)
            Thread.Yield();
    }

    void Run()
    {
        while (Next() is { } call)
        {
            lock (_turn)
                call.Run();
        }
    }

    Call? Next()
    {
        var begun = 0L;
        while (true)
        {
            if (_calls.TryDequeue(out var call))
                return call;
            if (_ended)
                return _calls.TryDequeue(out call) ? call : null;
            if (begun == 0)
                begun = Stopwatch.GetTimestamp();
            if (Stopwatch.GetTimestamp() - begun < s_lookout)
                Thread.Yield();
            else
                Sleep();
        }
    }

    void Sleep()
    {
        lock (_sleep)
        {
            _sleeps = true;
            // Either this look sees a call that was asked for meanwhile, or who asked sees that the thread sleeps.
            Interlocked.MemoryBarrier();
            if (_calls.IsEmpty && !_ended)
                Monitor.Wait(_sleep);
            _sleeps = false;
        }
    }

    void Wake()
    {
        Interlocked.MemoryBarrier();
        if (!_sleeps)
            return;
        lock (_sleep)
            Monitor.Pulse(_sleep);
    }

    /// <summary>Lets the thread end after the calls that were already asked for.</summary>
    public void Dispose()
    {
        _ended = true;
        Wake();
    }

    abstract class Call
    {
        internal abstract void Run();
    }

    sealed class Call<TArgument, TResult>(WorkerThread thread, Func<TArgument, TResult> call, TArgument argument) : Call
    {
        readonly TaskCompletionSource<TResult> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal Task<TResult> Task => _done.Task;

        internal override void Run()
        {
            try
            {
                _done.SetResult(call(argument));
            }
            catch (Exception failure)
            {
                _done.SetException(thread.Explain(failure));
            }
        }
    }
}
