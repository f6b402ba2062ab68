using Sluice.ComparisonBenchmarks.Rows;
using Sluice.ComparisonBenchmarks.Targets;
using Sluice.PostgreSql;
using Sluice.Sqlite;

namespace Sluice.ComparisonBenchmarks.Techniques;

/// <summary>Engine.InsertAsync. The engine has its connection before the clock starts, as the rivals have theirs; all else is timed.</summary>
public sealed class SluiceInsert(string name = "sluice") : ClientTechnique<Target>
{
    Engine? _engine;

    public override string Name => name;

    /// <summary>Null for the defaults.</summary>
    public BulkOptions? Options { get; init; }

    public bool TakesShuffledRows { get; init; }

    /// <summary>Whether rows come from an iterator that holds none of them, instead of an array.</summary>
    public bool TakesStream { get; init; }

    public override bool IsShuffled => TakesShuffledRows;

    protected override async Task OpenAsync(Target target, RowSet rows)
    {
        if (!TakesStream)
            _ = rows.Array.Length;
        _engine ??= target switch
        {
            PostgresTarget postgres => PostgresEngine.Create(postgres.ConnectionString),
            SqliteTarget sqlite => SqliteEngine.Create(sqlite.File),
            _ => throw new InvalidOperationException($"No engine is set up for '{target.Name}'."),
        };
        await using var session = await _engine.OpenSessionAsync();
    }

    protected override Task InsertAsync(RowSet rows) =>
        TakesStream ? _engine!.InsertAsync(rows.Stream(), Options) : _engine!.InsertAsync(rows.Array, Options);

    // A service keeps its engine from load to load, as Npgsql keeps its pool. A SQLite file is deleted before the next run, so its engine goes.
    protected override async Task CloseAsync()
    {
        if (_engine is not SqliteEngine)
            return;
        await _engine.DisposeAsync();
        _engine = null;
    }
}
