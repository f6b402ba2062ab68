using System.ComponentModel.DataAnnotations;

namespace Sluice.Benchmarks;

/// <summary>A row of each common kind of value.</summary>
[RowOf("readings")]
public readonly partial record struct Reading(
    [property: Key] long DeviceId, [property: Key] DateTimeOffset Ts, double Value, int Status, string Label, DateTimeOffset? UpdatedAt);
