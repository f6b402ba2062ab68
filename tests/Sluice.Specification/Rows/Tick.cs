using System.ComponentModel.DataAnnotations;

namespace Sluice.Specification.Rows;

/// <summary>A struct row without references.</summary>
[RowOf("ticks")]
public readonly partial record struct Tick([property: Key] long Id, int Device, double Value, DateTimeOffset At, Guid? Tag);
