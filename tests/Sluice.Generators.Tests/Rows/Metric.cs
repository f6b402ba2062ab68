using System.ComponentModel.DataAnnotations;

namespace Sluice.Generators.Tests.Rows;

[RowOf("metrics", Schema = "telemetry")]
public readonly partial record struct Metric(
    [property: Key] long DeviceId, [property: Key] DateTimeOffset Timestamp, double Value, DateTimeOffset? UpdatedAt);
