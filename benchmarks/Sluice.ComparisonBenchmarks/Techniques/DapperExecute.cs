using Dapper;
using Sluice.ComparisonBenchmarks.Rows;

namespace Sluice.ComparisonBenchmarks.Techniques;

/// <summary>Dapper's Execute over a list, in a transaction.</summary>
public sealed class DapperExecute : SqliteTechnique
{
    public override string Name => "dapper";

    public override int MostRows => 100_000;

    protected override Task InsertAsync(RowSet rows)
    {
        using var transaction = Connection.BeginTransaction();
        Connection.Execute(Insert, rows.Array, transaction);
        transaction.Commit();
        return Task.CompletedTask;
    }
}
