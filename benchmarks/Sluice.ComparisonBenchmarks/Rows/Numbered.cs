using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace Sluice.ComparisonBenchmarks.Rows;

/// <summary>The row of every workload in a table that numbers its rows.</summary>
[RowOf("numbered")]
public readonly partial record struct Numbered(
    [property: Key, DatabaseGenerated(DatabaseGeneratedOption.Identity)] long Id,
    long DeviceId, DateTimeOffset Ts, double Value, int Status, string Label, DateTimeOffset? UpdatedAt)
{
    public static Numbered Of(in Metric row) => new(0, row.DeviceId, row.Ts, row.Value, row.Status, row.Label, row.UpdatedAt);
}
