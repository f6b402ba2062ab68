using System.Globalization;
using Sluice.Statements;

namespace Sluice.Reading.Related;

/// <summary>
/// What is known of a relation without the types of its rows: how the related rows are found, and which of them are wanted.
/// </summary>
/// <param name="Name">The property that takes them, as "Order.Lines".</param>
/// <param name="IsMany">Whether it takes a list.</param>
/// <param name="Child">The table of the related rows.</param>
/// <param name="ParentColumns">
/// The columns of the parent's table that <paramref name="ChildColumns"/> are equal to, in the same order.
/// </param>
/// <param name="ChildColumns">The columns of the related rows' table; of an association, those that it refers to.</param>
sealed record RelatedQuery(string Name, bool IsMany, Table Child, IReadOnlyList<string> ParentColumns, IReadOnlyList<string> ChildColumns)
{
    const string KeyName = "sluice_key_";

    /// <summary>The parent's table, where the relation leads through another one.</summary>
    internal Table? ParentTable { get; init; }

    internal AssociationKeys? Through { get; init; }

    internal ExprNode? Where { get; init; }

    internal Seq<OrderNode> OrderBy { get; init; } = [];

    internal IReadOnlyList<Included> Includes { get; init; } = [];

    /// <summary>The names that the parent's key has among the columns of <see cref="Select"/>.</summary>
    internal IReadOnlyList<string> KeyColumns =>
        Through is null ? ChildColumns : [.. Through.Parent.Select((_, i) => KeyName + Invariant.Text(i + 1))];

    /// <summary>What the parent's key is compared with.</summary>
    internal IReadOnlyList<ExprNode> Key => Through is { } association
        ? [.. association.Parent.Select(name => association.Table[name].Node)]
        : [.. ChildColumns.Select(name => Child[name].Node)];

    /// <summary>Whether the description promises that no key has two rows.</summary>
    internal bool IsUnique => Through is null
        && (IsKey(Child.PrimaryKey.Select(c => c.Name)) || Child.UniqueKeys.Any(k => k.Predicate is null && IsKey(k.Columns)));

    bool IsKey(IEnumerable<string> columns) =>
        columns.ToHashSet(StringComparer.Ordinal) is { Count: > 0 } key && key.IsSubsetOf(ChildColumns);

    /// <summary>All related rows of all parents: the child's columns, and behind them the key where that is not among those.</summary>
    internal SelectNode Select()
    {
        var select = new SelectNode(Build.AllOf(Child)) { From = [Child.FromNode], Where = Where };
        if (Through is not { } association)
            return select;
        var on = association.Child.Select((name, i) => Equal(association.Table[name].Node, Child[ChildColumns[i]].Node)).Aggregate(Build.And);
        return select with
        {
            Items = select.Items.AddRange(association.Parent.Select((name, i) => new ItemNode(association.Table[name].Node, KeyColumns[i]))),
            From = [new JoinFrom(JoinKind.Inner, Child.FromNode, association.Table.FromNode, on)],
        };
    }

    internal static ExprNode Equal(ExprNode left, ExprNode right) => new BinaryNode(BinaryOperator.Equal, left, right);
}

/// <summary>A relation that is read along, and how.</summary>
sealed record Included(Relation Relation, IncludeStrategy Strategy) : ReadAlong
{
    internal override string Name => Relation.Name;
}

static class Invariant
{
    internal static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
