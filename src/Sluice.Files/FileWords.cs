using System.Globalization;

namespace Sluice.Files;

/// <summary>Parts of sentences in messages about files.</summary>
static class FileWords
{
    internal static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    internal static string In(string? column) => column is null ? "" : $", column '{column}'";

    internal static string Count(int count, string noun) => Text($"{count} {noun}") + (count == 1 ? "" : "s");

    internal static string Show(char delimiter) => delimiter == '\t' ? "a tab" : delimiter.ToString();

    internal static string Join(IEnumerable<string> names) => string.Join(", ", names.Select(n => $"'{n}'"));

    /// <summary>What the system says, without a full stop; the path that it repeats stands in the message already.</summary>
    internal static string Reason(Exception reason)
    {
        var path = reason.Message.IndexOf(" : '", StringComparison.Ordinal);
        return (path < 0 ? reason.Message : reason.Message[..path]).TrimEnd('.');
    }
}
