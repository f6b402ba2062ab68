using NpgsqlTypes;
using Sluice.ComparisonBenchmarks.Rows;

namespace Sluice.ComparisonBenchmarks.Techniques;

/// <summary>NpgsqlBinaryImporter without await.</summary>
public sealed class ImporterSync : NpgsqlTechnique
{
    public override string Name => "importer-sync";

    protected override Task InsertAsync(RowSet rows)
    {
        using var importer = Connection.BeginBinaryImport(Importer.Copy);
        foreach (var row in rows.Array)
        {
            importer.StartRow();
            importer.Write(row.DeviceId, NpgsqlDbType.Bigint);
            importer.Write(row.Ts, NpgsqlDbType.TimestampTz);
            importer.Write(row.Value, NpgsqlDbType.Double);
            importer.Write(row.Status, NpgsqlDbType.Integer);
            importer.Write(row.Label, NpgsqlDbType.Text);
            if (row.UpdatedAt is { } updatedAt)
                importer.Write(updatedAt, NpgsqlDbType.TimestampTz);
            else
                importer.WriteNull();
        }
        importer.Complete();
        return Task.CompletedTask;
    }
}
