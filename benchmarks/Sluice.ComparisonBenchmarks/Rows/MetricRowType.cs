using Sluice.Rows;
using Sluice.Schema;

namespace Sluice.ComparisonBenchmarks.Rows;

sealed class MetricRowType : RowType<Metric>
{
    public static Table<Metric> Table { get; } = new(
        "metrics",
        schema: null,
        [
            new Column<long>("device_id", SqlType.BigInt),
            new Column<DateTimeOffset>("ts", SqlType.TimestampTz),
            new Column<double>("value", SqlType.Double),
            new Column<int>("status", SqlType.Integer),
            new Column<string>("label", SqlType.Text),
            new Column<DateTimeOffset>("updated_at", SqlType.TimestampTz) { IsNullable = true },
        ],
        [0, 1],
        new MetricRowType());

    public override IReadOnlyList<RowField> Fields { get; } =
    [
        new("device_id", typeof(long)) { IsNullable = false },
        new("ts", typeof(DateTimeOffset)) { IsNullable = false },
        new("value", typeof(double)) { IsNullable = false },
        new("status", typeof(int)) { IsNullable = false },
        new("label", typeof(string)) { IsNullable = false },
        new("updated_at", typeof(DateTimeOffset)),
    ];

    public override void Write<TSink>(ReadOnlySpan<Metric> rows, ref TSink sink)
    {
        foreach (ref readonly var row in rows)
        {
            sink.BeginRow();
            if (!sink.TrySkip())
                sink.Write(row.DeviceId);
            if (!sink.TrySkip())
                sink.Write(row.Ts);
            if (!sink.TrySkip())
                sink.Write(row.Value);
            if (!sink.TrySkip())
                sink.Write((long)row.Status);
            if (!sink.TrySkip())
                sink.Write(row.Label);
            if (!sink.TrySkip())
            {
                if (row.UpdatedAt is { } updatedAt)
                    sink.Write(updatedAt);
                else
                    sink.WriteNull();
            }
            sink.EndRow();
        }
    }

    public override Metric Read<TReader>(ref TReader reader) => new(
        reader.Get<long>(0), reader.Get<DateTimeOffset>(1), reader.Get<double>(2), reader.Get<int>(3), reader.Get<string>(4),
        reader.IsNull(5) ? null : reader.Get<DateTimeOffset>(5));
}
