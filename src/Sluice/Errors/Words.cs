namespace Sluice;

/// <summary>Parts of sentences in messages.</summary>
/// <remarks>Database packages are compiled from this same file.</remarks>
static class Words
{
    internal static string Join(IEnumerable<string> parts) => string.Join(", ", parts);

    internal static string Quoted(IEnumerable<string> names) => Join(names.Select(name => $"'{name}'"));

    /// <summary>A type's name with its article.</summary>
    internal static string Article(Type type)
    {
        var noun = (Nullable.GetUnderlyingType(type) ?? type).Name;
        return ("AEIOUaeiou".Contains(noun[0], StringComparison.Ordinal) ? "an " : "a ") + noun;
    }

    internal static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
