namespace Sluice;

/// <summary>Parts of sentences in messages.</summary>
static class Words
{
    internal static string Join(IEnumerable<string> parts) => string.Join(", ", parts);

    internal static string Quoted(IEnumerable<string> names) => Join(names.Select(name => $"'{name}'"));

    internal static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
