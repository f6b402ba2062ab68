using Sluice.ComparisonBenchmarks.Rows;
using Sluice.ComparisonBenchmarks.Targets;

namespace Sluice.ComparisonBenchmarks.Techniques;

/// <summary>Select(…).Include(p.Items).</summary>
public sealed class SluiceRelated(string name, IncludeStrategy loading) : RelatedTechnique
{
    readonly SluiceEngine _engine = new();

    public override string Name => name;

    protected override Task OpenAsync(Target target) => _engine.OpenAsync(target);

    protected override Task<IReadOnlyList<Purchase>> ReadAsync(int rows)
    {
        var p = Purchase.Table;
        return _engine.Value.QueryAsync<Purchase>(Sql.Select(p).From(p).Where(p.Id <= (long)rows).Include(p.Items, loading));
    }

    protected override Task CloseAsync() => _engine.CloseAsync();
}
