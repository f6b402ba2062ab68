namespace Sluice.Files.Values;

/// <summary>Truth values.</summary>
static class TruthText
{
    /// <param name="text">A word for true or false.</param>
    /// <param name="keepsText">Take only the words true and false.</param>
    /// <param name="value">The truth value.</param>
    internal static ValueFault Parse(ReadOnlySpan<char> text, bool keepsText, out bool value)
    {
        value = IsAny(text, "true", "t", "yes", "1", keepsText);
        return value || IsAny(text, "false", "f", "no", "0", keepsText) ? ValueFault.None : ValueFault.NotTruth;
    }

    static bool IsAny(ReadOnlySpan<char> text, string word, string letter, string answer, string digit, bool isWordOnly) =>
        text.Equals(word, StringComparison.OrdinalIgnoreCase)
        || (!isWordOnly && (text.Equals(letter, StringComparison.OrdinalIgnoreCase) || text.Equals(answer, StringComparison.OrdinalIgnoreCase) || text.SequenceEqual(digit)));
}
