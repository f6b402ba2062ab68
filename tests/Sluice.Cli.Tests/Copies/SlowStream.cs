namespace Sluice.Cli.Tests.Copies;

/// <summary>A stream whose first write waits for a task, and fails as it does.</summary>
sealed class SlowStream(Task release) : MemoryStream
{
    readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Task Reached => _reached.Task;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _reached.TrySetResult();
        await release.WaitAsync(cancellationToken);
    }
}
