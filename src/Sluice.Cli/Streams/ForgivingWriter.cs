using System.Text;

namespace Sluice.Cli.Streams;

/// <summary>
/// The error stream: where nobody takes what is said, it is lost, and the work goes on. What was committed is no failure because nobody
/// could be told.
/// </summary>
sealed class ForgivingWriter(TextWriter stream) : TextWriter
{
    TextWriter? _stream = stream;

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => Try(stream => stream.Write(value));

    public override void Write(char[] buffer, int index, int count) => Try(stream => stream.Write(buffer, index, count));

    public override void Write(string? value) => Try(stream => stream.Write(value));

    public override void WriteLine(string? value) => Try(stream => stream.WriteLine(value));

    public override void Flush() => Try(stream => stream.Flush());

    /// <summary>Whether a failure is one of the stream that is written to.</summary>
    internal static bool IsForgiven(Exception failure) =>
        failure is IOException or UnauthorizedAccessException or ObjectDisposedException or NotSupportedException;

    void Try(Action<TextWriter> write)
    {
        try
        {
            if (_stream is { } stream)
                write(stream);
        }
        catch (Exception e) when (IsForgiven(e))
        {
            _stream = null;
        }
    }
}
