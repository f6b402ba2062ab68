namespace Sluice.Specification.Databases;

/// <summary>A transaction that is open, however it was begun, with the verbs of a database.</summary>
/// <param name="Database">The verbs.</param>
/// <param name="CommitAsync">Commits it, by whoever began it.</param>
/// <param name="End">Gives back what it was made of.</param>
public sealed record BegunTransaction(Database Database, Func<Task> CommitAsync, IAsyncDisposable End) : IAsyncDisposable
{
    public static async Task<BegunTransaction> OfAsync(Engine engine)
    {
        ArgumentNullException.ThrowIfNull(engine);
        var transaction = await engine.BeginAsync(cancellationToken: TestContext.Current.CancellationToken);
        return new BegunTransaction(transaction, () => transaction.CommitAsync(TestContext.Current.CancellationToken), transaction);
    }

    public ValueTask DisposeAsync() => End.DisposeAsync();
}
