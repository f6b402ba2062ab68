using System.Diagnostics;
using System.Globalization;

namespace Sluice.ComparisonBenchmarks.Measuring;

/// <summary>Measures work done in this process.</summary>
public static class Meter
{
    public static async Task<Usage> MeasureAsync(Func<Task> work)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        ResetPeak();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var cpu = Environment.CpuUsage.TotalTime;
        var start = Stopwatch.GetTimestamp();
        await work();
        var elapsed = Stopwatch.GetElapsedTime(start);
        cpu = Environment.CpuUsage.TotalTime - cpu;
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        return new Usage
        {
            ElapsedSeconds = elapsed.TotalSeconds,
            CpuSeconds = cpu.TotalSeconds,
            AllocatedBytes = allocated,
            PeakRssMb = ReadPeakMb(),
        };
    }

    // 5 resets the high-water mark (proc(5), clear_refs). Where the kernel refuses, the peak is that of the process so far.
    static void ResetPeak()
    {
        try
        {
            File.WriteAllText("/proc/self/clear_refs", "5");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"The peak of the resident set is that of the whole process, since it cannot be reset: {e.Message}");
        }
    }

    static double ReadPeakMb()
    {
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return double.Parse(line.AsSpan(6, line.Length - 9), CultureInfo.InvariantCulture) / 1024;
    }
}
