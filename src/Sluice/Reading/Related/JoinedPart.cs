using Sluice.Rows;
using Sluice.Statements;

namespace Sluice.Reading.Related;

/// <summary>A relation whose rows come in the same lines as those that they are related to.</summary>
abstract class JoinedPart
{
    internal abstract RelatedQuery Query { get; }

    /// <summary>The related rows as a query of their own: child's columns, the key's, and those of what is joined to it in turn.</summary>
    internal abstract SelectNode Body { get; }

    /// <summary>The positions in <see cref="Body"/> of the columns that are read.</summary>
    internal abstract IEnumerable<int> Read { get; }
}

abstract class JoinedPart<TParent> : JoinedPart
{
    internal abstract bool HasStatements { get; }

    /// <summary>Binds the columns that begin at an index.</summary>
    /// <returns>The first index behind them.</returns>
    internal abstract int Bind(int first);

    internal abstract RowJoiner<TParent, TReader> Joiner<TReader>()
        where TReader : struct, IRowReader;

    /// <summary>Gives the rows their lists, and reads what is related to the related rows.</summary>
    internal abstract Task FinishAsync(RelatedConnection connection, SelectNode? from);
}

sealed class JoinedPart<TParent, TChild> : JoinedPart<TParent>
    where TParent : class
    where TChild : class
{
    readonly RelationLink<TParent, TChild> _link;
    readonly RowResultShape<TChild> _rows;
    readonly RelatedRows<TChild>? _next;
    readonly List<TChild> _all = [];
    readonly List<(TParent Parent, List<TChild> Children)> _lists = [];
    int _key;

    internal JoinedPart(RelationLink<TParent, TChild> link, RelatedQuery query, RelatedPlace place)
    {
        _link = link;
        Query = query;
        _rows = new RowResultShape<TChild>(link.Child.Rows);
        _next = RelatedRows<TChild>.Of(query.Includes, query.Select(),
            place is RelatedPlace.Query or RelatedPlace.Embedded ? RelatedPlace.Embedded : RelatedPlace.ByKeys);
    }

    internal override RelatedQuery Query { get; }

    internal override SelectNode Body => _next?.Query ?? Query.Select();

    int Columns => Query.Child.Columns.Count;

    internal override IEnumerable<int> Read =>
        Enumerable.Range(0, Columns).Concat(Enumerable.Range(0, Body.Items.Count).Skip(Query.Select().Items.Count));

    internal override bool HasStatements => _next is { HasStatements: true };

    internal override int Bind(int first)
    {
        _rows.Bind([.. Query.Child.Columns.Select(c => c.Name)], first);
        _key = first + Query.Child.Columns.Index().First(c => string.Equals(c.Item.Name, Query.ChildColumns[0], StringComparison.Ordinal)).Index;
        return _next?.BindJoined(first + Columns) ?? first + Columns;
    }

    internal override RowJoiner<TParent, TReader> Joiner<TReader>()
    {
        var make = _rows.Maker<TReader>();
        var joiners = _next?.Joiners<TReader>() ?? [];
        if (Query.IsMany)
            return (ref reader, parent, isNew) => Add(parent, isNew, MakeRow(ref reader, make, joiners));
        return (ref reader, parent, isNew) =>
        {
            if (isNew)
                _link.Set!(parent, MakeRow(ref reader, make, joiners));
        };
    }

    TChild? MakeRow<TReader>(ref TReader reader, RowMaker<TChild, TReader> make, RowJoiner<TChild, TReader>[] joiners)
        where TReader : struct, IRowReader
    {
        if (reader.IsNull(_key))
            return null;
        var child = make(ref reader);
        foreach (var join in joiners)
            join(ref reader, child, isNew: true);
        if (_next is not null)
            _all.Add(child);
        return child;
    }

    void Add(TParent parent, bool isNew, TChild? child)
    {
        if (isNew)
            _lists.Add((parent, []));
        if (child is not null)
            _lists[^1].Children.Add(child);
    }

    internal override async Task FinishAsync(RelatedConnection connection, SelectNode? from)
    {
        foreach (var (parent, children) in _lists)
            _link.Fill!(parent, children);
        _lists.Clear();
        if (_next is not null)
            await _next.LoadAsync(connection, new ArraySegment<TChild>([.. _all]),
                from is null ? null : RelatedSelect.OfQuery(Query.Select(), Query, from)).ConfigureAwait(false);
        _all.Clear();
    }
}
