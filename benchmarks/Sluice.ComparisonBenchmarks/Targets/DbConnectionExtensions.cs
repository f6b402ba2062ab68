using System.Data.Common;

namespace Sluice.ComparisonBenchmarks.Targets;

static class DbConnectionExtensions
{
    /// <summary>Runs a statement without parameters and without a time limit.</summary>
    internal static async Task RunAsync(this DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }
}
