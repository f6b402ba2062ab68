namespace Sluice.ComparisonBenchmarks.Techniques;

/// <summary>What is done to a table with many rows at a time.</summary>
public enum SetVerb
{
    Upsert,
    Update,
}

/// <summary>The statements that a knowledgeable user writes by hand.</summary>
static class SetSql
{
    internal const string Columns = "device_id, ts, value, status, label, updated_at";

    const string OnConflict =
        " ON CONFLICT (device_id, ts) DO UPDATE SET value = excluded.value, status = excluded.status, label = excluded.label, updated_at = excluded.updated_at";

    internal const string Unnested =
        "unnest($1::bigint[], $2::timestamptz[], $3::float8[], $4::int[], $5::text[], $6::timestamptz[]) AS s(device_id, ts, value, status, label, updated_at)";

    /// <summary>The statement over a relation called s.</summary>
    internal static string Over(SetVerb verb, string relation, bool isOrdered = false) => verb is SetVerb.Upsert
        ? $"INSERT INTO metrics({Columns}) SELECT {Columns} FROM {relation}{(isOrdered ? " ORDER BY device_id, ts" : "")}{OnConflict}"
        : $"UPDATE metrics AS m SET value = s.value, status = s.status, label = s.label, updated_at = s.updated_at FROM {relation} WHERE m.device_id = s.device_id AND m.ts = s.ts";

    /// <summary>An insert of one row in named parameters.</summary>
    internal const string InsertOneRow = $"INSERT INTO metrics({Columns}) VALUES (@DeviceId, @Ts, @Value, @Status, @Label, @UpdatedAt)";

    /// <summary>The statement for one row in named parameters.</summary>
    internal static string ForOneRow(SetVerb verb) => verb is SetVerb.Upsert
        ? InsertOneRow + OnConflict
        : "UPDATE metrics SET value = @Value, status = @Status, label = @Label, updated_at = @UpdatedAt WHERE device_id = @DeviceId AND ts = @Ts";
}
