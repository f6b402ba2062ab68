using System.Globalization;
using System.Text;
using Sluice.ComparisonBenchmarks.Rows;

namespace Sluice.ComparisonBenchmarks.Techniques;

/// <summary>The rows as a CSV file with a header, times in ISO 8601 with 'Z', null as an empty field.</summary>
public sealed class CsvFile(string directory)
{
    public string PathOf(RowSet rows) => Path.Combine(directory, $"metrics-{rows.Count}.csv");

    /// <summary>Makes the file unless it is there.</summary>
    public async Task MakeAsync(RowSet rows)
    {
        var file = PathOf(rows);
        if (File.Exists(file))
            return;
        await using var writer = new StreamWriter(file, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16);
        writer.NewLine = "\n";
        writer.WriteLine("device_id,ts,value,status,label,updated_at");
        foreach (var row in rows.Stream())
        {
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{row.DeviceId},{row.Ts:yyyy-MM-ddTHH:mm:ssZ},{row.Value},{row.Status},{row.Label},{row.UpdatedAt:yyyy-MM-ddTHH:mm:ss.fffZ}"));
        }
    }
}
