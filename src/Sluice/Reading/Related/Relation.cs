using Sluice.Reading.Related;
using Sluice.Statements;

namespace Sluice;

/// <summary>
/// The rows of another table that belong to a row, and the property that takes them. For <c>Include</c>.
/// </summary>
/// <remarks>
/// A value: each method gives a new one. The tables of <c>[Table] partial</c> types have one for every property that leads to other rows
/// and whose foreign key is known; <see cref="RelationsByReflection"/> finds those of other types.
/// </remarks>
public abstract class Relation
{
    private protected Relation(RelatedQuery query) => Query = query;

    /// <summary>The property that takes the rows, as "Order.Lines".</summary>
    public string Name => Query.Name;

    internal RelatedQuery Query { get; }

    /// <summary>The property's name.</summary>
    public override string ToString() => Name;
}

/// <summary>The rows of type <typeparamref name="TChild"/> that belong to a row of type <typeparamref name="TParent"/>.</summary>
/// <typeparam name="TParent">The type with the property.</typeparam>
/// <typeparam name="TChild">The type of the related rows.</typeparam>
public sealed class Relation<TParent, TChild> : Relation, IRelationOf<TParent>
    where TParent : class
    where TChild : class
{
    readonly RelationLink<TParent, TChild> _link;

    internal Relation(RelationLink<TParent, TChild> link)
        : this(link, link.Query)
    {
    }

    Relation(RelationLink<TParent, TChild> link, RelatedQuery query)
        : base(query) => _link = link;

    /// <summary>
    /// Keeps related rows for which the condition holds; called again, those for which all hold. It never leaves out rows that others are
    /// related to.
    /// </summary>
    /// <param name="condition">Over columns of the related rows' table, and of the association where there is one.</param>
    public Relation<TParent, TChild> Where(SqlBool condition) =>
        new(_link, Query with { Where = Build.And(Query.Where, Build.Operand(condition)) });

    /// <summary>Orders the related rows of each row. Without it their order is the database's.</summary>
    public Relation<TParent, TChild> OrderBy(params SqlOrder[] orders) =>
        new(_link, Query with { OrderBy = Query.OrderBy.AddRange(Build.Orders(orders)) });

    /// <summary>Reads the rows that are related to the related ones, too.</summary>
    /// <param name="relation">A relation of the related rows' type.</param>
    /// <param name="strategy">How they are read.</param>
    public Relation<TParent, TChild> Include<TNext>(Relation<TChild, TNext> relation, IncludeStrategy strategy = IncludeStrategy.SelectIn)
        where TNext : class
    {
        ArgumentNullException.ThrowIfNull(relation);
        return new(_link, Query with { Includes = [.. Query.Includes, new Included(relation, strategy)] });
    }

    RelatedLoad<TParent> IRelationOf<TParent>.Load(RelatedPlace place) => _link.Load(Query, place);

    JoinedPart<TParent> IRelationOf<TParent>.Join(RelatedPlace place) => new JoinedPart<TParent, TChild>(_link, Query, place);
}

/// <summary>
/// Rows of type <typeparamref name="TChild"/> that belong to rows of type <typeparamref name="TParent"/> by a table between them, which is
/// yet to be named.
/// </summary>
/// <typeparam name="TParent">The type with the property.</typeparam>
/// <typeparam name="TChild">The type of the related rows.</typeparam>
public sealed class RelationThrough<TParent, TChild>
    where TParent : class
    where TChild : class
{
    readonly RelationLink<TParent, TChild> _link;

    internal RelationThrough(RelationLink<TParent, TChild> link) => _link = link;

    /// <summary>Names the table between both, whose foreign keys to them are found by themselves.</summary>
    /// <param name="association">A described table, or one that was read from the catalog.</param>
    /// <exception cref="BulkPlanException">It has no foreign key to one of the two, or several.</exception>
    public Relation<TParent, TChild> Through(Table association) => new(_link.Through(AssociationKeys.Of(association, _link.Query)));

    /// <summary>Names the table between both, and its columns that hold the keys of either.</summary>
    /// <param name="association">The table.</param>
    /// <param name="parentColumns">Its columns with the key of <typeparamref name="TParent"/>, in the key's order.</param>
    /// <param name="childColumns">Its columns with the key of <typeparamref name="TChild"/>, in the key's order.</param>
    public Relation<TParent, TChild> Through(Table association, IReadOnlyList<Column> parentColumns, IReadOnlyList<Column> childColumns)
    {
        ArgumentNullException.ThrowIfNull(association);
        ArgumentNullException.ThrowIfNull(parentColumns);
        ArgumentNullException.ThrowIfNull(childColumns);
        var keys = new AssociationKeys(association, [.. parentColumns.Select(c => c.Name)], [.. childColumns.Select(c => c.Name)]);
        return new(_link.Through(keys.Checked(_link.Query)));
    }
}
