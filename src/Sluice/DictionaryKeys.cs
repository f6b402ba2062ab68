namespace Sluice;

/// <summary>What happens when a dictionary has other keys than the first one. No value is ever dropped silently.</summary>
public sealed class DictionaryKeys
{
    DictionaryKeys()
    {
    }

    /// <summary>Every dictionary must have the keys of the first; another one is an error that names the row.</summary>
    public static DictionaryKeys Exact { get; } = new();

    /// <summary>
    /// Neighbours with the same keys are loaded together, so that a column whose key is missing gets what the database gives it. All of it
    /// is one transaction, unless chunks are committed.
    /// </summary>
    public static DictionaryKeys Group { get; } = new() { Groups = true };

    /// <summary>
    /// A missing key has the value that is given for it here. A key that neither the first dictionary nor the defaults have is an error.
    /// </summary>
    /// <param name="defaults">The values, by key.</param>
    public static DictionaryKeys Fill(IReadOnlyDictionary<string, object?> defaults) =>
        new() { Defaults = defaults ?? throw new ArgumentNullException(nameof(defaults)) };

    internal bool Groups { get; private init; }

    internal IReadOnlyDictionary<string, object?>? Defaults { get; private init; }
}
