using System.Data.Common;
using Sluice.Providers;
using Sluice.Rendering;

namespace Sluice.Tests.Fakes;

/// <summary>An engine that nothing may ask for a connection.</summary>
sealed class ClosedEngine : Engine
{
    public override string Target => "nowhere";

    public override SqlDialect Dialect => throw new InvalidOperationException("The dialect was asked for.");

    public override Task<BulkSession> OpenSessionAsync(CancellationToken cancellationToken = default) =>
        throw new InvalidOperationException("A connection was asked for.");

    protected override Task<DbConnection> RentAsync(CancellationToken cancellationToken) =>
        throw new InvalidOperationException("A connection was asked for.");

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
