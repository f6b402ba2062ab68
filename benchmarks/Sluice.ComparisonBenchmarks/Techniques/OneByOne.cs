using System.Data.Common;
using Dapper;
using Sluice.ComparisonBenchmarks.Rows;
using Sluice.ComparisonBenchmarks.Targets;

namespace Sluice.ComparisonBenchmarks.Techniques;

/// <summary>A query for the purchases and one for the items of each, by Dapper: the least that one by one costs.</summary>
public sealed class OneByOne : RelatedTechnique
{
    DbConnection? _connection;

    public override string Name => "n-plus-one-dapper";

    public override int MostRows => 2_000;

    protected override async Task OpenAsync(Target target) => _connection = target is PostgresTarget postgres ? await postgres.OpenAsync() : await ((SqliteTarget)target).OpenAsync();

    protected override async Task<IReadOnlyList<Purchase>> ReadAsync(int rows)
    {
        // The texts of times that SQLite has are none that Dapper reads by itself.
        var purchases = (await _connection!.QueryAsync<(long Id, int Customer, string Code, string At)>("SELECT id, customer, code, CAST(at AS text) FROM purchases WHERE id <= @rows", new { rows }))
            .Select(p => new Purchase { Id = p.Id, Customer = p.Customer, Code = p.Code, At = DateTimeOffset.Parse(p.At, System.Globalization.CultureInfo.InvariantCulture) }).ToList();
        foreach (var purchase in purchases)
        {
            purchase.Items = (await _connection!.QueryAsync<PurchaseItem>(
                "SELECT id AS Id, purchase_id AS PurchaseId, sku AS Sku, quantity AS Quantity, price AS Price FROM purchase_items WHERE purchase_id = @id", new { id = purchase.Id })).AsList();
        }
        return purchases;
    }

    protected override async Task CloseAsync() => await _connection!.DisposeAsync();
}
