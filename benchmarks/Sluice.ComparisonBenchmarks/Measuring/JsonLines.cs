using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sluice.ComparisonBenchmarks.Measuring;

/// <summary>Results go to the standard output, one JSON object a line, and to a file where one is named.</summary>
public sealed class JsonLines(TextWriter? file) : IDisposable
{
    /// <summary>For a reader's eyes: '\copy' and '+' are not escaped more than JSON asks for.</summary>
    public static JsonSerializerOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Write(string json)
    {
        Console.Out.WriteLine(json);
        Console.Out.Flush();
        file?.WriteLine(json);
        file?.Flush();
    }

    public void Dispose() => file?.Dispose();
}
