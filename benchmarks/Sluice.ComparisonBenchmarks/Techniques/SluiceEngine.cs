using Sluice.ComparisonBenchmarks.Targets;
using Sluice.PostgreSql;
using Sluice.Sqlite;

namespace Sluice.ComparisonBenchmarks.Techniques;

/// <summary>The engine of a technique, connected before the clock starts, as the rivals are.</summary>
sealed class SluiceEngine
{
    Engine? _engine;

    internal Engine Value => _engine!;

    internal async Task OpenAsync(Target target)
    {
        _engine ??= target switch
        {
            PostgresTarget postgres => PostgresEngine.Create(postgres.ConnectionString),
            // Durable as the rivals are.
            SqliteTarget sqlite => SqliteEngine.Create(sqlite.File, new SqliteEngineOptions { Synchronous = SqliteSynchronous.Normal }),
            _ => throw new InvalidOperationException($"No engine is set up for '{target.Name}'."),
        };
        await using var session = await _engine.OpenSessionAsync();
    }

    // A service keeps its engine from load to load, as Npgsql keeps its pool. A SQLite file is deleted before the next run, so its engine goes.
    internal async Task CloseAsync()
    {
        if (_engine is not SqliteEngine)
            return;
        await _engine.DisposeAsync();
        _engine = null;
    }
}
