using System.Text;
using System.Text.Json;

namespace Sluice.Files.Reading;

/// <summary>The keys of a JSON Lines file, in order of first appearance.</summary>
sealed class JsonKeys
{
    readonly List<string> _names = [];
    readonly List<byte[]> _bytes = [];
    readonly Dictionary<string, int> _byName = new(StringComparer.Ordinal);
    // The row, counted from 1, that each key was last seen in.
    long[] _seen = [];

    internal IReadOnlyList<string> Names => _names;

    internal int Count => _names.Count;

    /// <summary>The position of the key that the reader stands at, or -1.</summary>
    /// <param name="reader">At a property's name.</param>
    /// <param name="guess">Where the key is if rows name their keys in one order.</param>
    internal int Find(ref Utf8JsonReader reader, int guess)
    {
        if (guess < _bytes.Count && reader.ValueTextEquals(_bytes[guess]))
            return guess;
        return _byName.TryGetValue(reader.GetString()!, out var index) ? index : -1;
    }

    internal int Add(string name)
    {
        _byName.Add(name, _names.Count);
        _names.Add(name);
        _bytes.Add(Encoding.UTF8.GetBytes(name));
        if (_seen.Length < _names.Count)
            Array.Resize(ref _seen, Math.Max(16, _names.Count * 2));
        return _names.Count - 1;
    }

    /// <summary>Notes that a row has a key; false if it had it already.</summary>
    internal bool See(int index, long row)
    {
        if (_seen[index] == row)
            return false;
        _seen[index] = row;
        return true;
    }
}
