using Sluice.ComparisonBenchmarks.Rows;
using Sluice.ComparisonBenchmarks.Targets;

namespace Sluice.ComparisonBenchmarks.Techniques;

/// <summary>Engine.UpsertAsync or UpdateAsync.</summary>
public sealed class SluiceSet(string name, SetVerb verb, BulkOptions options, bool isShuffled = false) : ClientTechnique<Target>
{
    readonly SluiceEngine _engine = new();

    public override string Name => name;

    public override bool IsShuffled => isShuffled;

    protected override async Task OpenAsync(Target target, RowSet rows)
    {
        _ = rows.Array.Length;
        await _engine.OpenAsync(target);
    }

    protected override Task InsertAsync(RowSet rows) => verb is SetVerb.Upsert
        ? _engine.Value.UpsertAsync(rows.Array, options: options)
        : _engine.Value.UpdateAsync(rows.Array, options: options);

    protected override Task CloseAsync() => _engine.CloseAsync();
}
