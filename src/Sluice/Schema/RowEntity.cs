using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Sluice;

/// <summary>
/// A row type with the properties that lead to rows of other tables, and the foreign keys that they stand for. The row generator follows
/// the same rules.
/// </summary>
sealed class RowEntity
{
    internal RowEntity([DynamicallyAccessedMembers(RowMembers.Needed)] Type type)
    {
        Type = type;
        Members = RowMembers.Of(type);
        Key = RowMembers.Key([.. Members.Where(m => !m.IsNotMapped)], type.Name);
    }

    internal Type Type { get; }

    internal List<RowMember> Members { get; }

    internal IReadOnlyList<RowMember> Key { get; }

    /// <summary>The properties that lead to other rows.</summary>
    internal IEnumerable<RowMember> Navigations =>
        Members.Where(m => !m.IsNotMapped && RowNavigation.Is(m) && RowValues.KindOf(m.ValueType) is null);

    internal static bool IsList(RowMember navigation) => typeof(IEnumerable).IsAssignableFrom(navigation.ValueType);

    /// <summary>
    /// The foreign key by which rows of this type refer to a parent by a property of theirs, or null where no property could hold it.
    /// </summary>
    internal RowReference? ReferenceBy(RowMember navigation, RowEntity parent)
    {
        List<RowMember?> declared = navigation.ForeignKey is not null
            ? [.. RowNavigation.Parts(navigation).Select(Named)]
            : [.. Members.Where(m => string.Equals(m.ForeignKey, navigation.Name, StringComparison.Ordinal)).OrderBy(m => m.Order)];
        return Reference(declared, parent, navigation.Name);
    }

    /// <summary>
    /// The foreign key by which rows of another type refer to this one, where a property of this type holds them; null where no property
    /// could hold it.
    /// </summary>
    /// <param name="navigation">The property of this type.</param>
    /// <param name="child">The other type.</param>
    /// <param name="ways">Its properties that lead here, where several could be meant.</param>
    internal RowReference? ReferenceOf(RowMember navigation, RowEntity child, out IReadOnlyList<RowMember> ways)
    {
        ways = [];
        if (navigation.ForeignKey is not null)
            return child.Reference([.. RowNavigation.Parts(navigation).Select(child.Named)], this, Type.Name);
        var back = child.Navigations.Where(m => m.ValueType == Type).ToList();
        if (navigation.InverseOf is { } inverse)
            back = back.FindAll(m => string.Equals(m.Name, inverse, StringComparison.Ordinal));
        if (back.Count > 1)
            ways = back;
        return back switch
        {
            [var one] => child.ReferenceBy(one, this),
            [] => child.Reference([], this, Type.Name),
            _ => null,
        };
    }

    RowReference? Reference(List<RowMember?> own, RowEntity parent, string prefix)
    {
        // As Entity Framework has it: the property's name, or the parent's, and the name of the parent's key.
        if (own.Count == 0)
            own = [.. parent.Key.Select(k => Named(prefix + k.Name) ?? Named(parent.Type.Name + k.Name))];
        return own.Count > 0 && own.Count == parent.Key.Count && own.TrueForAll(m => m is not null)
            ? new RowReference([.. own.Select(m => m!)], parent.Key)
            : null;
    }

    internal RowMember? Named(string name) => Members.Find(m => string.Equals(m.Name, name, StringComparison.Ordinal) && !m.IsNotMapped);
}

/// <summary>A foreign key between two row types: which properties of the one hold the key of the other, in the same order.</summary>
sealed record RowReference(IReadOnlyList<RowMember> Own, IReadOnlyList<RowMember> Key);
