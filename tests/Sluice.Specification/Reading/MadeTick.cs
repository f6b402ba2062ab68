using System.ComponentModel.DataAnnotations;
using Sluice.Specification.Rows;

namespace Sluice.Specification.Reading;

/// <summary>What pipelines make of a tick.</summary>
[RowOf("made_ticks")]
public readonly partial record struct MadeTick([property: Key] long Id, double Score, DateTimeOffset At, Guid? Tag)
{
    /// <summary>What the scores are in SQL.</summary>
    public const string Sql = "value * 2 + device";

    public static MadeTick Of(Tick tick) => new(tick.Id, tick.Value * 2 + tick.Device, tick.At, tick.Tag);
}
