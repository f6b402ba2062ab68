using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace Sluice.Reading.Related;

/// <summary>The typed code of a relation: how a row's key is had, and how related rows are given to it. For generated code.</summary>
/// <typeparam name="TParent">The type with the property.</typeparam>
/// <typeparam name="TChild">The type of the related rows.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[Experimental(ExperimentalFor.Providers)]
public abstract class RelationLink<TParent, TChild>
    where TParent : class
    where TChild : class
{
    private protected RelationLink(RelatedQuery query, Table<TChild> child)
    {
        Query = query;
        Child = child;
    }

    internal RelatedQuery Query { get; }

    internal Table<TChild> Child { get; }

    /// <summary>Gives a row the list of its related rows; for a property that takes a list.</summary>
    public Action<TParent, List<TChild>>? Fill { get; init; }

    /// <summary>Gives a row its related row or null; for a property that takes one.</summary>
    public Action<TParent, TChild?>? Set { get; init; }

    /// <summary>The relation, where the related rows' own columns hold the key.</summary>
    public Relation<TParent, TChild> ToRelation() => new(this);

    /// <summary>The relation, where a table between both is yet to be named.</summary>
    public RelationThrough<TParent, TChild> ToRelationThrough() => new(this);

    internal abstract RelationLink<TParent, TChild> Through(AssociationKeys association);

    internal abstract RelatedLoad<TParent> Load(RelatedQuery query, RelatedPlace place);
}

/// <summary>Gets the key that a row is found by.</summary>
/// <typeparam name="TRow">The row type.</typeparam>
/// <typeparam name="TKey">The key.</typeparam>
/// <returns>False where the row has none, because a part of it is null.</returns>
[EditorBrowsable(EditorBrowsableState.Never)]
[Experimental(ExperimentalFor.Providers)]
public delegate bool RelationKeyGetter<TRow, TKey>(TRow row, out TKey key);

/// <summary>A link by keys of one .NET type.</summary>
/// <typeparam name="TParent">The type with the property.</typeparam>
/// <typeparam name="TChild">The type of the related rows.</typeparam>
/// <typeparam name="TKey">The key: a value, or a tuple of values.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[Experimental(ExperimentalFor.Providers)]
public sealed class RelationLink<TParent, TChild, TKey> : RelationLink<TParent, TChild>
    where TParent : class
    where TChild : class
    where TKey : notnull
{
    /// <summary>Describes a relation.</summary>
    /// <param name="name">The property, as "Order.Lines".</param>
    /// <param name="parent">The table of the rows with the property.</param>
    /// <param name="child">The table of the related rows.</param>
    /// <param name="parentColumns">The columns of the parent's table.</param>
    /// <param name="childColumns">The columns of the related rows' table that they are equal to.</param>
    /// <param name="form">How the keys are read and sent.</param>
    /// <param name="keyOf">The parent's key.</param>
    /// <param name="isMany">Whether the property takes a list.</param>
    public RelationLink(
        string name, Table parent, Table<TChild> child, IReadOnlyList<string> parentColumns, IReadOnlyList<string> childColumns,
        RelationKey<TKey> form, RelationKeyGetter<TParent, TKey> keyOf, bool isMany)
        : this(new RelatedQuery(name, isMany, child, parentColumns, childColumns) { ParentTable = parent }, child, form, keyOf)
    {
    }

    RelationLink(RelatedQuery query, Table<TChild> child, RelationKey<TKey> form, RelationKeyGetter<TParent, TKey> keyOf)
        : base(query, child)
    {
        Form = form;
        KeyOf = keyOf;
    }

    internal RelationKey<TKey> Form { get; }

    internal RelationKeyGetter<TParent, TKey> KeyOf { get; }

    internal override RelationLink<TParent, TChild> Through(AssociationKeys association) =>
        new RelationLink<TParent, TChild, TKey>(Query with { Through = association }, Child, Form, KeyOf) { Fill = Fill, Set = Set };

    internal override RelatedLoad<TParent> Load(RelatedQuery query, RelatedPlace place) =>
        new RelatedLoad<TParent, TChild, TKey>(this, query, place);
}

/// <summary>A relation by the type of the rows that it starts from.</summary>
interface IRelationOf<TParent>
{
    RelatedLoad<TParent> Load(RelatedPlace place);

    JoinedPart<TParent> Join(RelatedPlace place);
}
