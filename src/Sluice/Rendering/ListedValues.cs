namespace Sluice.Rendering;

/// <summary>The values of a list that is sent as one text: as the column stores them, beside which they stand.</summary>
static class ListedValues
{
    internal static object Of(object list, SqlType? element) => (list, element?.Kind) switch
    {
        // A column of texts holds an enumeration's names.
        (Array values, SqlTypeKind.Text or SqlTypeKind.VarChar or SqlTypeKind.Char) when IsOfEnums(values) =>
            Each(values, value => value.ToString()),
        // An identifier is the same one however it is written.
        (string?[] texts, SqlTypeKind.Uuid) => Each(texts, text => Guid.TryParse((string)text, out var id) ? id : text),
        _ => list,
    };

    static bool IsOfEnums(Array values) =>
        values.GetType().GetElementType() is { } type && (Nullable.GetUnderlyingType(type) ?? type).IsEnum;

    static object?[] Each(Array values, Func<object, object?> change)
    {
        var changed = new object?[values.Length];
        for (var i = 0; i < changed.Length; i++)
            changed[i] = values.GetValue(i) is { } value ? change(value) : null;
        return changed;
    }
}
