using Sluice.ComparisonBenchmarks.Rows;
using Sluice.ComparisonBenchmarks.Targets;

namespace Sluice.ComparisonBenchmarks.Techniques;

/// <summary>The limit on PostgreSQL: the server reads a binary file of its own; no client, no wire.</summary>
public sealed class ServerCopy : NpgsqlTechnique
{
    string _file = "";

    public override string Name => "limit";

    public override Task PrepareAsync(Target target, RowSet rows) => CopyFile.MakeAsync((PostgresTarget)target, rows);

    protected override async Task OpenAsync(PostgresTarget target, RowSet rows)
    {
        _file = CopyFile.PathOf(target, rows);
        Connection = await target.OpenAsync();
    }

    protected override Task InsertAsync(RowSet rows) => Connection.RunAsync($"COPY metrics FROM '{_file}' (FORMAT binary)");
}
