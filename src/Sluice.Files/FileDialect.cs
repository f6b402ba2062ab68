namespace Sluice.Files;

/// <summary>How a file is written, as detected or as told.</summary>
/// <param name="Format">Never <see cref="FileFormat.Auto"/>.</param>
/// <param name="Compression">Never <see cref="FileCompression.Auto"/>.</param>
/// <param name="Delimiter">The character between fields; U+0000 for JSON Lines.</param>
/// <param name="Quote">The character around fields; U+0000 for none.</param>
/// <param name="HasHeader">Whether the first row names the columns.</param>
/// <param name="HasByteOrderMark">Whether the text begins with the mark of UTF-8, which is not part of the first field.</param>
public sealed record FileDialect(
    FileFormat Format, FileCompression Compression, char Delimiter, char Quote, bool HasHeader, bool HasByteOrderMark);
