
namespace Sluice.Loading.Graphs;

/// <summary>A foreign key between two row types: which properties of the child hold the parent's key.</summary>
sealed class GraphReference(IReadOnlyList<RowMember> own, IReadOnlyList<RowMember> key)
{
    /// <summary>The names of the child's properties.</summary>
    internal string Names => string.Join(", ", own.Select(m => m.Name));

    /// <summary>Writes the parent's key to the child.</summary>
    /// <returns>What the child had before.</returns>
    internal object?[] Copy(object child, object parent)
    {
        object?[] before = [.. own.Select(m => m.Property.GetValue(child))];
        for (var i = 0; i < own.Count; i++)
        {
            var value = key[i].Property.GetValue(parent);
            own[i].Property.SetValue(child, value is null || value.GetType() == own[i].ValueType ? value : Convert.ChangeType(value, own[i].ValueType, System.Globalization.CultureInfo.InvariantCulture));
        }
        return before;
    }

    /// <summary>Gives the child back what it had.</summary>
    internal void Restore(object child, object?[] before)
    {
        for (var i = 0; i < own.Count; i++)
            own[i].Property.SetValue(child, before[i]);
    }
}
