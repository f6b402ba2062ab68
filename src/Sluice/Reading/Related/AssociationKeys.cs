
namespace Sluice.Reading.Related;

/// <summary>A table between two others, with its columns that hold the keys of either.</summary>
sealed record AssociationKeys(Table Table, IReadOnlyList<string> Parent, IReadOnlyList<string> Child)
{
    /// <summary>Finds the two foreign keys of a table between others.</summary>
    internal static AssociationKeys Of(Table association, RelatedQuery query)
    {
        ArgumentNullException.ThrowIfNull(association);
        var toParent = To(association, query.ParentTable!, query.ParentColumns);
        var toChild = To(association, query.Child, query.ChildColumns);
        // A table related to itself has two foreign keys to one table, and nothing says which is which.
        if (toParent.Count != 1 || toChild.Count != 1)
            throw RelationProblems.AssociationUnknown(query.Name, association.QualifiedName, query.ParentTable!.QualifiedName,
                toParent.Count, query.Child.QualifiedName, toChild.Count);
        return new AssociationKeys(association, toParent[0], toChild[0]);
    }

    static List<IReadOnlyList<string>> To(Table association, Table target, IReadOnlyList<string> key) =>
        [.. association.ForeignKeys.Where(k => Refers(k.ReferencedTable, target)).Select(k => InOrder(k, key)).OfType<IReadOnlyList<string>>()];

    static bool Refers(string name, Table target) =>
        string.Equals(name, target.QualifiedName, StringComparison.Ordinal)
            || (target.Schema is null && name.EndsWith("." + target.Name, StringComparison.Ordinal));

    static string[]? InOrder(ForeignKey foreignKey, IReadOnlyList<string> key)
    {
        var own = key.Select(name => foreignKey.ReferencedColumns.Index().Where(r => string.Equals(r.Item, name, StringComparison.Ordinal)).Select(r => foreignKey.Columns[r.Index]).FirstOrDefault()).ToList();
        return own.Count == foreignKey.Columns.Count && own.TrueForAll(name => name is not null) ? [.. own.Select(name => name!)] : null;
    }

    internal AssociationKeys Checked(RelatedQuery query) =>
        Parent.Count == query.ParentColumns.Count && Child.Count == query.ChildColumns.Count
            ? this
            : throw RelationProblems.AssociationWidth(query.Name, query.ParentColumns.Count, Parent.Count, query.ChildColumns.Count,
                Child.Count);
}
