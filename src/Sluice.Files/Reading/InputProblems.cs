using static Sluice.Files.FileWords;

namespace Sluice.Files.Reading;

/// <summary>What keeps a file's bytes from being read to their end.</summary>
static class InputProblems
{
    internal static FileSourceException ReadFailed(string path, long offset, Exception reason) => Unreadable(
        "SLU0502", path, Text($"Reading '{path}' failed after {offset:N0} bytes: {reason.Message.TrimEnd('.')}"), "Check the disk or connection, then load again.", reason);

    internal static FileSourceException Shrunk(string path, long length, long read) => Unreadable(
        "SLU0524", path, Text($"'{path}' had {length:N0} bytes when it was opened, but ended after {read:N0}"), "Let its writer finish, then load again.");

    internal static FileSourceException Truncated(string path, string compression, long read, Exception? innerException) => Unreadable(
        "SLU0525", path, Text($"'{path}' is {compression} data that breaks off: after {read:N0} bytes the end of the stream is missing"), "Fetch the file again.", innerException);

    internal static FileSourceException Corrupt(string path, string compression, long read, Exception? innerException) => Unreadable(
        "SLU0526",
        path,
        Text($"'{path}' is not {compression} data, or is damaged, within its first {read:N0} bytes"),
        new("Fetch the file again, or state its compression.") { Command = "Fetch the file again." },
        innerException);

    internal static FileSourceException TrailingBytes(string path, long read) => Unreadable(
        "SLU0527", path, Text($"'{path}' goes on with other bytes behind its compressed data, within its first {read:N0} bytes"), "Fetch the file again.");

    static FileSourceException Unreadable(string code, string path, string problem, Remedy remedy, Exception? innerException = null) =>
        new(OpeningProblems.Failed(code, problem, remedy), innerException) { Path = path, IsUnreadable = true };
}
