using Sluice.ComparisonBenchmarks.Rows;
using Sluice.ComparisonBenchmarks.Targets;

namespace Sluice.ComparisonBenchmarks.Techniques;

/// <summary>Engine.InsertAsync. The engine has its connection before the clock starts, as the rivals have theirs; all else is timed.</summary>
public sealed class SluiceInsert(string name = "sluice") : ClientTechnique<Target>
{
    readonly SluiceEngine _engine = new();

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
        await _engine.OpenAsync(target);
    }

    protected override Task InsertAsync(RowSet rows) =>
        TakesStream ? _engine.Value.InsertAsync(rows.Stream(), options: Options) : _engine.Value.InsertAsync(rows.Array, options: Options);

    protected override Task CloseAsync() => _engine.CloseAsync();
}
