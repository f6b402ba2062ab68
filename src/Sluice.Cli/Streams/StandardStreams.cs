namespace Sluice.Cli.Streams;

/// <summary>The streams that the process was given.</summary>
static class StandardStreams
{
    /// <summary>Files that the command has open at once: the runtime's and its libraries', the database's and the source.</summary>
    const int FilesNeeded = 128;

    /// <summary>Puts what never fails in place of the error stream, before anything is written to it.</summary>
    internal static void Prepare()
    {
        Console.SetError(new ForgivingWriter(OpenError()));
    }

    static TextWriter OpenError()
    {
        try
        {
            if (!IsGiven(2))
                return TextWriter.Null;
            // What the console needs is loaded by its first write, which should not be that of a failure.
            Console.OpenStandardError().Write([]);
            return Console.Error;
        }
        catch (Exception e) when (ForgivingWriter.IsForgiven(e))
        {
            return TextWriter.Null;
        }
    }

    /// <summary>
    /// Whether a descriptor is a stream of whoever started the process. Of one that was closed the runtime takes the number for its own
    /// files, which are pipes: nothing may be written to their reading ends, nor to the writing end of one whose reading end is a lower
    /// descriptor.
    /// </summary>
    internal static bool IsGiven(int descriptor)
    {
        if (!OperatingSystem.IsLinux() || !Directory.Exists("/proc/self/fd"))
            return true;
        if (LinkOf(descriptor) is not { } link)
            return false;
        if (!link.StartsWith("pipe:", StringComparison.Ordinal))
            return true;
        for (var lower = 0; lower <= descriptor; lower++)
        {
            if (IsReadOnly(lower) && string.Equals(LinkOf(lower), link, StringComparison.Ordinal))
                return false;
        }
        return true;
    }

    static string? LinkOf(int descriptor)
    {
        try
        {
            return new FileInfo($"/proc/self/fd/{descriptor}").LinkTarget;
        }
        catch (IOException)
        {
            return null;
        }
    }

    // The last digit of the flags is how the file was opened; 0 is for reading.
    static bool IsReadOnly(int descriptor)
    {
        try
        {
            return Array.Exists(File.ReadAllLines($"/proc/self/fdinfo/{descriptor}"),
                line => line.StartsWith("flags:", StringComparison.Ordinal) && line.EndsWith('0'));
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <exception cref="BulkPlanException">So few files may be open that the command would end in the middle of its work.</exception>
    internal static void RequireFiles()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/proc/self/limits"))
            return;
        foreach (var line in File.ReadLines("/proc/self/limits"))
        {
            if (line.StartsWith("Max open files", StringComparison.Ordinal) && line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, _, _, var limit, ..]
                && int.TryParse(limit, out var files) && files < FilesNeeded)
                throw RunProblems.TooFewFiles(files, FilesNeeded);
        }
    }
}
