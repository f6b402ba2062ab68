using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Sluice.Rows;

/// <summary>The names by which databases know an enumeration's values: as they are, or in snake_case as labels often are.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[Experimental(ExperimentalFor.Providers)]
public static class EnumNames
{
    static readonly ConcurrentDictionary<(Type, string), object> s_known = new();

    /// <summary>The value that a text names.</summary>
    /// <param name="type">The enumeration, or a nullable one.</param>
    /// <param name="text">A name, its snake_case, or the digits of a value without a name.</param>
    /// <param name="value">The value.</param>
    public static bool TryRead(Type type, string text, [NotNullWhen(true)] out object? value)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(text);
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (s_known.TryGetValue((type, text), out value))
            return true;
        if (!Enum.TryParse(type, text, out value) && Array.Find(Enum.GetNames(type), n => string.Equals(SnakeCase(n), text, StringComparison.Ordinal)) is { } name)
            value = Enum.Parse(type, name);
        if (value is null)
            return false;
        value = s_known.GetOrAdd((type, text), value);
        return true;
    }

    /// <summary>A name as labels are written: InTransit is in_transit.</summary>
    public static string SnakeCase(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var text = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i]) && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1]))))
                text.Append('_');
            text.Append(char.ToLowerInvariant(name[i]));
        }
        return text.ToString();
    }
}
