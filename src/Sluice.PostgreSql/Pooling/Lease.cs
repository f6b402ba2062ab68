using System.Diagnostics;
using Npgsql;

namespace Sluice.PostgreSql.Pooling;

/// <summary>A connection on loan, and what it is used for.</summary>
sealed class Lease(ConnectionPool? pool, NpgsqlConnection connection, Backend backend, bool isOverflow) : IAsyncDisposable
{
    internal NpgsqlConnection Connection => connection;

    /// <summary>The server's end of it.</summary>
    internal Backend Backend => backend;

    internal bool IsOverflow => isOverflow;

    /// <summary>Whether the connection is the caller's, who may have begun a transaction that the driver's objects do not show.</summary>
    internal bool IsCallers => pool is null;

    /// <summary>Whether its session began with what the engine's options say.</summary>
    internal bool KeepsSettings => pool is { KeepsSettings: true };

    /// <summary>Whether it takes part in a transaction of System.Transactions, with which the driver keeps it.</summary>
    internal bool IsEnlisted { get; init; }

    /// <summary>When it was lent.</summary>
    internal long Since { get; } = Stopwatch.GetTimestamp();

    /// <summary>When the driver opened the connection or lent it last.</summary>
    internal long Opened { get; init; } = Stopwatch.GetTimestamp();

    /// <summary>What its holder does, for the error of one who waits for a connection in vain.</summary>
    internal string Use { get; set; } = "a session";

    /// <summary>Whether its session may have been changed, so that it must be as new for the next holder.</summary>
    internal bool NeedsReset { get; set; }

    /// <summary>What its holder leaves for the next one, who may have the same to do.</summary>
    internal IDisposable? Left { get; set; }

    /// <summary>A caller's own connection, which stays as it is when it is given back.</summary>
    internal static Lease OfCaller(NpgsqlConnection connection, Backend backend) => new(pool: null, connection, backend, isOverflow: false);

    public ValueTask DisposeAsync() => pool?.TakeBackAsync(this) ?? ValueTask.CompletedTask;
}
