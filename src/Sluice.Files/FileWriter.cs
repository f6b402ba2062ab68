using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using Sluice.Files.Detection;
using Sluice.Files.Writing;

namespace Sluice.Files;

/// <summary>Writes rows to CSV, TSV and JSON Lines files, which <see cref="FileRows"/> reads back as they were.</summary>
/// <remarks>
/// In a delimited file nothing between two delimiters is NULL, and two quotes are the empty text. Times are written as ISO 8601 does, with
/// all their digits; numbers exactly; bytes as <c>\x</c> and hexadecimal digits; arrays in braces, in JSON as lists.
/// </remarks>
public static class FileWriter
{
    const DynamicallyAccessedMemberTypes RowMembers =
        DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicConstructors;

    /// <summary>Writes rows to a file.</summary>
    /// <param name="rows">Read once, in order, and disposed.</param>
    /// <param name="path">The file. It has its name only when it is complete; what fails leaves nothing.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="progress">Told how far it is after every buffer.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <exception cref="FileSinkException">The file is there already or cannot be written, or a value has no place in it.</exception>
    public static async Task<FileWriteResult> WriteAsync(
        RowSource rows, string path, FileWriteOptions? options = null, IProgress<BulkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= FileWriteOptions.Default;
        await using var rowsDisposal = rows.ConfigureAwait(false);
        var file = OutputFile.Create(path, options.Overwrite);
        await using var fileDisposal = file.ConfigureAwait(false);
        var result = await WriteAsync(rows, file.Stream, file.Place, options, progress, cancellationToken).ConfigureAwait(false);
        await file.KeepAsync(options.Overwrite).ConfigureAwait(false);
        return result;
    }

    /// <summary>Writes a sequence's rows to a file.</summary>
    /// <inheritdoc cref="WriteAsync(RowSource, string, FileWriteOptions?, IProgress{BulkProgress}?, CancellationToken)"/>
    public static Task<FileWriteResult> WriteAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        IEnumerable<T> rows, string path, FileWriteOptions? options = null, CancellationToken cancellationToken = default) =>
        WriteAsync(RowSource.From(rows), path, options, progress: null, cancellationToken);

    /// <summary>Writes the rows of an asynchronous sequence, as of a stream, to a file.</summary>
    /// <inheritdoc cref="WriteAsync(RowSource, string, FileWriteOptions?, IProgress{BulkProgress}?, CancellationToken)"/>
    public static Task<FileWriteResult> WriteAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        IAsyncEnumerable<T> rows, string path, FileWriteOptions? options = null, CancellationToken cancellationToken = default) =>
        WriteAsync(RowSource.From(rows), path, options, progress: null, cancellationToken);

    /// <summary>Writes rows to a stream.</summary>
    /// <param name="rows">Read once, in order, and disposed.</param>
    /// <param name="stream">Left open.</param>
    /// <param name="name">What messages call it; its extensions count as a file's do.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="progress">Told how far it is after every buffer.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <exception cref="FileSinkException">The stream failed, or a value has no place in the format.</exception>
    public static Task<FileWriteResult> WriteAsync(
        RowSource rows, Stream stream, string name, FileWriteOptions? options = null, IProgress<BulkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return WriteAsync(rows, stream, new OutputPlace(name, IsFile: false), options ?? FileWriteOptions.Default, progress,
            cancellationToken);
    }

    static async Task<FileWriteResult> WriteAsync(
        RowSource rows, Stream stream, OutputPlace place, FileWriteOptions options, IProgress<BulkProgress>? progress, CancellationToken cancellationToken)
    {
        await using var disposal = rows.ConfigureAwait(false);
        var format = FormatOf(place.Name, options);
        var delimiter = DelimiterOf(format, options);
        if (format is not FileFormat.JsonLines && !IsNullText(options.NullText, delimiter))
            throw OutputProblems.NullTextNeedsQuotes(nameof(options));
        var copy = new FileCopy(stream, Compress(stream, place.Name, options), place, format, delimiter, options) { Progress = progress, Stop = cancellationToken };
        return await rows.Accept(copy).ConfigureAwait(false);
    }

    /// <summary>The format that a file is written in.</summary>
    /// <param name="name">Its path or name.</param>
    /// <param name="options">Null for the defaults.</param>
    public static FileFormat FormatOf(string name, FileWriteOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        options ??= FileWriteOptions.Default;
        var format = options.Format is FileFormat.Auto ? FormatDetection.Format(name, default) : options.Format;
        return format is FileFormat.Auto ? FileFormat.Csv : format;
    }

    /// <summary>
    /// Whether there is a file of the name, which is written only where <see cref="FileWriteOptions.Overwrite"/> is on; devices are always.
    /// </summary>
    public static bool WouldReplace(string path) => OutputFile.WouldReplace(path ?? throw new ArgumentNullException(nameof(path)));

    /// <summary>Whether a character can divide fields: none can that numbers and dates are written with.</summary>
    public static bool IsDelimiter(char character) =>
        !char.IsAsciiLetterOrDigit(character) && !char.IsSurrogate(character)
            && character is not ('"' or '\r' or '\n' or '\0' or '+' or '-' or '.' or ':' or '\\');

    // It has no quotes, which is how readers tell it from a text.
    static bool IsNullText(string? text, char delimiter) => text is null || !text.AsSpan().ContainsAny([delimiter, '"', '\r', '\n']);

    static char DelimiterOf(FileFormat format, FileWriteOptions options)
    {
        var delimiter = options.Delimiter ?? (format is FileFormat.Tsv ? '\t' : ',');
        return IsDelimiter(delimiter)
            ? delimiter
            : throw new ArgumentException($"The delimiter {delimiter} is one of the characters that values are written with; set another one.", nameof(options));
    }

    static Stream Compress(Stream stream, string name, FileWriteOptions options) =>
        (options.Compression is FileCompression.Auto ? FormatDetection.Compression(name, default) : options.Compression) switch
        {
            FileCompression.Gzip => new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true),
            FileCompression.Brotli => new BrotliStream(stream, CompressionLevel.Optimal, leaveOpen: true),
            _ => stream,
        };
}

/// <summary>What was written to a file.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Bytes">The bytes, before compression.</param>
/// <param name="Elapsed">The time that it took.</param>
public sealed record FileWriteResult(long Rows, long Bytes, TimeSpan Elapsed);
