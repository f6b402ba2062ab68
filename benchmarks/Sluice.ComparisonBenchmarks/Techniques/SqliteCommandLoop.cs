using Microsoft.Data.Sqlite;
using Sluice.ComparisonBenchmarks.Rows;

namespace Sluice.ComparisonBenchmarks.Techniques;

/// <summary>Microsoft.Data.Sqlite as its documentation shows bulk insert: one prepared command in a transaction, its parameters set for each row.</summary>
public class SqliteCommandLoop : SqliteTechnique
{
    protected virtual string Sql => Insert;

    public override string Name => "sqlitecommand";

    protected override Task InsertAsync(RowSet rows)
    {
        using var transaction = Connection.BeginTransaction();
        using var command = new SqliteCommand(Sql, Connection, transaction);
        var parameters = new SqliteMetricParameters(command);
        command.Prepare();
        foreach (var row in rows.Array)
        {
            parameters.Set(row);
            command.ExecuteNonQuery();
        }
        transaction.Commit();
        return Task.CompletedTask;
    }
}

/// <summary>The same loop with an upsert or an update.</summary>
public sealed class SqliteCommandSet(SetVerb verb) : SqliteCommandLoop
{
    protected override string Sql => SetSql.ForOneRow(verb);
}
