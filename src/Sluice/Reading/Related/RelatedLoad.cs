using Sluice.Rows;
using Sluice.Statements;

namespace Sluice.Reading.Related;

/// <summary>Reads the rows of one relation for rows that were read, by statements of its own.</summary>
abstract class RelatedLoad<TParent>
{
    /// <param name="connection">Where the statements run.</param>
    /// <param name="parents">The rows, which are given what is found.</param>
    /// <param name="from">The query that they came from, where that is to be a part of the statement; null to ask by their keys.</param>
    internal abstract Task RunAsync(RelatedConnection connection, ArraySegment<TParent> parents, SelectNode? from);
}

sealed class RelatedLoad<TParent, TChild, TKey> : RelatedLoad<TParent>
    where TParent : class
    where TChild : class
    where TKey : notnull
{
    readonly RelationLink<TParent, TChild, TKey> _link;
    readonly RelatedQuery _query;
    readonly RelatedRows<TChild>? _next;
    readonly SelectNode _select;

    internal RelatedLoad(RelationLink<TParent, TChild, TKey> link, RelatedQuery query, RelatedPlace place)
    {
        _link = link;
        _query = query;
        _next = RelatedRows<TChild>.Of(query.Includes, query.Select(), place);
        _select = (_next?.Query ?? query.Select()) with { OrderBy = query.OrderBy };
    }

    internal override async Task RunAsync(RelatedConnection connection, ArraySegment<TParent> parents, SelectNode? from)
    {
        var groups = RelatedGroups<TChild, TKey>.Of(_query, parents, _link.KeyOf);
        var all = _next is null ? null : new List<TChild>();
        if (from is null)
            await ReadByKeysAsync(connection, groups, all).ConfigureAwait(false);
        else if (groups.Keys.Length > 0)
            await ReadAsync(connection, RelatedSelect.OfQuery(_select, _query, from), groups, all, isAsked: false).ConfigureAwait(false);
        groups.Attach(parents, _link);
        if (_next is not null)
            await _next.LoadAsync(connection, new ArraySegment<TChild>([.. all!]),
                from is null ? null : RelatedSelect.OfQuery(_query.Select(), _query, from)).ConfigureAwait(false);
    }

    async Task ReadByKeysAsync(RelatedConnection connection, RelatedGroups<TChild, TKey> groups, List<TChild>? all)
    {
        var atOnce = connection.KeysAtOnce(_query);
        for (var first = 0; first < groups.Keys.Length; first += atOnce)
        {
            var arrays = Arrays(groups.Keys[first..Math.Min(groups.Keys.Length, first + atOnce)]);
            await ReadAsync(connection, RelatedSelect.OfKeys(_select, _query, arrays, connection.Features), groups, all,
                isAsked: true).ConfigureAwait(false);
        }
    }

    SqlArray[] Arrays(ReadOnlySpan<TKey> keys) =>
        _link.Form.Arrays(keys, RelatedSelect.NamesOf(_query), [.. _query.Key.Select(k => Outputs.TypeOf(k)!)]);

    Task ReadAsync(RelatedConnection connection, SelectNode select, RelatedGroups<TChild, TKey> groups, List<TChild>? all, bool isAsked)
    {
        ResultShape<TChild> rows = new RowResultShape<TChild>(_link.Child.Rows);
        return connection.ReadAsync(select, new GroupShape<TChild,
            TKey>(_next?.Shape(rows) ?? rows, _link.Form, _query, groups, all, isAsked));
    }
}
