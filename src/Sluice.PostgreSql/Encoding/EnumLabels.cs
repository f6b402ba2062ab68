using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Npgsql;
using NpgsqlTypes;
using Sluice.Rows;

namespace Sluice.PostgreSql.Encoding;

/// <summary>Names, labels and numbers of enumerations' values, without boxing where they are known already.</summary>
/// <remarks>
/// A value's label is the one that its [PgName] says, its name as it is, or its name in the snake_case that Npgsql gives it.
/// </remarks>
static class EnumLabels
{
    static readonly ConcurrentDictionary<Type, Dictionary<string, string>> s_pgNames = new();

    /// <exception cref="ValueException">The type has no such label.</exception>
    internal static void Check(in Slot slot, ReadOnlySpan<char> label)
    {
        foreach (var known in slot.Type!.Labels!)
        {
            if (label.SequenceEqual(known))
                return;
        }
        throw ValueProblems.NoSuchLabel(slot);
    }

    internal static string NameOf<TEnum>(TEnum value)
        where TEnum : struct, Enum =>
        Names<TEnum>.Known.GetOrAdd(value, static v => v.ToString());

    /// <summary>The label that a value stands for in a column.</summary>
    internal static string LabelOf<TEnum>(in Slot slot, TEnum value)
        where TEnum : struct, Enum
    {
        var labels = slot.Type!.Labels!;
        if (Names<TEnum>.PgNames.Count > 0 && Names<TEnum>.PgNames.TryGetValue(value, out var said) && labels.Contains(said, StringComparer.Ordinal))
            return said;
        var name = NameOf(value);
        return labels.Contains(name, StringComparer.Ordinal)
            ? name
            : Names<TEnum>.Snake.GetOrAdd(value, static v => EnumNames.SnakeCase(v.ToString()));
    }

    /// <summary>The label for a value whose type is known at run time only; for a text column its name.</summary>
    internal static string LabelOf(in Slot slot, Enum value) => LabelOf(slot.Type!, value);

    /// <summary>The label of a value in a type; its name where the type has no such label, or is no enumeration.</summary>
    internal static string LabelOf(SqlType type, Enum value)
    {
        var name = value.ToString();
        if (type.Kind is not SqlTypeKind.Enum)
            return name;
        PgNamesOf(value.GetType()).TryGetValue(name, out var said);
        // Of a type that is only declared the labels are not known; the driver's own rule is the likeliest.
        if (type.Labels is not { } labels)
            return said ?? EnumNames.SnakeCase(name);
        if (said is not null && labels.Contains(said, StringComparer.Ordinal))
            return said;
        return labels.Contains(name, StringComparer.Ordinal) ? name : EnumNames.SnakeCase(name);
    }

    /// <summary>Whether a value has a label in a type, as far as its labels are known.</summary>
    internal static bool IsKnown(SqlType type, Enum value) => type.Labels?.Contains(LabelOf(type, value), StringComparer.Ordinal) != false;

    /// <summary>Whether every value of an enumeration has a label in a type, so that the driver need not know what it means.</summary>
    internal static bool Cover(SqlType type, Type enumeration) =>
        type.Labels is { } labels && Enum.GetValuesAsUnderlyingType(enumeration).Cast<object>().All(v => labels.Contains(LabelOf(type, (Enum)Enum.ToObject(enumeration, v)), StringComparer.Ordinal));

    /// <summary>Whether a type that is read is an enumeration, or a nullable one.</summary>
    internal static bool IsEnum<T>() => Read<T>.IsEnum;

    /// <summary>Reads a label that a [PgName] says; what else an enumeration can be, every reader knows.</summary>
    internal static bool TryRead<T>(NpgsqlDataReader reader, Type stored, int index, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        if (stored != typeof(string) || Read<T>.ByPgName.Count == 0 || !Read<T>.ByPgName.TryGetValue(reader.GetString(index), out value))
            return false;
        return true;
    }

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "An enumeration's fields are kept with it, as its names are.")]
    static Dictionary<string, string> PgNamesOf(Type type) => s_pgNames.GetOrAdd(type, static type =>
    {
        var names = type.GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(f => (f.Name, Label: f.GetCustomAttribute<PgNameAttribute>()?.PgName))
            .Where(n => n.Label is not null);
        return names.ToDictionary(n => n.Name, n => n.Label!, StringComparer.Ordinal);
    });

    static class Names<TEnum>
        where TEnum : struct, Enum
    {
        internal static readonly ConcurrentDictionary<TEnum, string> Known = new();
        internal static readonly ConcurrentDictionary<TEnum, string> Snake = new();
        internal static readonly Dictionary<TEnum, string> PgNames = PgNamesOf(typeof(TEnum)).ToDictionary(n => Enum.Parse<TEnum>(n.Key),
            n => n.Value);
    }

    static class Read<T>
    {
        static readonly Type s_type = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);

        internal static readonly bool IsEnum = s_type.IsEnum;

        internal static readonly Dictionary<string, T> ByPgName = IsEnum
            ? PgNamesOf(s_type).ToDictionary(n => n.Value, n => (T)Enum.Parse(s_type, n.Key), StringComparer.Ordinal)
            : [];
    }
}
