using System.ComponentModel.DataAnnotations;

namespace Sluice.ComparisonBenchmarks.Rows;

/// <summary>The row of every workload: 1,000 readings of each device, in key order, the same for everyone (native/insert.c makes them too).</summary>
[RowOf("metrics")]
public readonly partial record struct Metric(
    [property: Key] long DeviceId, [property: Key] DateTimeOffset Ts, double Value, int Status, string Label, DateTimeOffset? UpdatedAt)
{
    static readonly DateTimeOffset s_epoch = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // Made once, so that labels never count as a technique's allocation.
    static readonly string[] s_labels = [.. Enumerable.Range(0, 1024).Select(i => $"sensor-{i:D5}")];

    /// <summary>The row at a 0-based position.</summary>
    public static Metric At(long position)
    {
        var hash = unchecked((ulong)position * 0x9E3779B97F4A7C15);
        hash ^= hash >> 29;
        hash = unchecked(hash * 0xBF58476D1CE4E5B9);
        hash ^= hash >> 32;
        var ts = s_epoch.AddTicks(position % 1000 * 10 * TimeSpan.TicksPerSecond);
        return new Metric(
            1 + position / 1000,
            ts,
            (long)(hash % 10_000_000) / 100.0,
            (int)(hash >> 24 & 7),
            s_labels[hash >> 32 & 1023],
            (hash >> 48 & 1) != 0 ? ts.AddTicks((long)(hash >> 50 & 4095) * TimeSpan.TicksPerMillisecond) : null);
    }

    /// <summary>A sum over all columns that costs next to nothing, for consumers of what is read.</summary>
    public long Digest() => DeviceId + Ts.UtcTicks / 10_000 + (long)(Value * 100) + Status * 3L + Label[^1] + Label.Length + (UpdatedAt?.UtcTicks / 10_000 ?? 7);

    /// <summary>The row's part of the checksum that <see cref="Targets.Checksum"/> has the databases compute.</summary>
    public long Fingerprint() =>
        (DeviceId * 1_000_003
            + Ts.ToUnixTimeSeconds() * 8191
            + Status * 127
            + (long)Math.Round(Value * 100) * 31
            + long.Parse(Label.AsSpan(7)) * 17
            + (UpdatedAt?.ToUnixTimeMilliseconds() ?? 1) * 7) % 2_147_483_647;
}
