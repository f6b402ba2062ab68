using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace Sluice.Specification.Rows;

/// <summary>A struct row without references.</summary>
[Table("ticks")]
public readonly partial record struct Tick([property: Key] long Id, int Device, double Value, DateTimeOffset At, Guid? Tag);
