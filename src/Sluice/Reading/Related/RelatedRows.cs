using Sluice.Rows;
using Sluice.Statements;

namespace Sluice.Reading.Related;

static class RelatedRows
{
    /// <summary>What the caller's statement reads along; null for nothing.</summary>
    /// <exception cref="BulkPlanException">
    /// A relation is not one of <typeparamref name="T"/>, or cannot be read as it was asked for.
    /// </exception>
    internal static RelatedRows<T>? Of<T>(SqlStatement statement, RelatedPlace place) =>
        statement is SqlSelect select ? RelatedRows<T>.Of([.. select.Includes.Cast<Included>()], select.Bare, place) : null;
}

/// <summary>What is related to the rows of one query, and how each of it is read.</summary>
/// <typeparam name="T">What the rows are read as.</typeparam>
sealed class RelatedRows<T>
{
    readonly JoinedPart<T>[] _joined;
    readonly (RelatedLoad<T> Load, bool Embeds)[] _loads;
    readonly JoinedQuery _query;
    readonly SelectNode _parents;

    RelatedRows(SelectNode parents, JoinedQuery query, JoinedPart<T>[] joined, (RelatedLoad<T> Load, bool Embeds)[] loads, string names) =>
        (_parents, _query, _joined, _loads, Names) = (parents, query, joined, loads, names);

    internal static RelatedRows<T>? Of(IReadOnlyList<Included> includes, SelectNode parents, RelatedPlace place)
    {
        if (includes.Count == 0)
            return null;
        var joined = new List<JoinedPart<T>>();
        var loads = new List<(RelatedLoad<T>, bool)>();
        foreach (var (relation, loading) in includes)
        {
            var typed = relation as IRelationOf<T> ?? throw RelationProblems.OtherParent(relation.Name, typeof(T));
            if (loading is IncludeStrategy.Joined)
                joined.Add(typed.Join(place));
            else if (loading is IncludeStrategy.SelectIn)
                loads.Add((typed.Load(RelatedPlace.ByKeys), false));
            else
                loads.Add((typed.Load(place is RelatedPlace.Query or RelatedPlace.Embedded ? RelatedPlace.Embedded : throw RelationProblems.NotEmbedded(relation.Name, place is RelatedPlace.Stream)), true));
        }
        return new RelatedRows<T>(parents, JoinedQuery.Of(parents, joined, place), [.. joined], [.. loads],
            string.Join(", ", includes.Select(i => $"'{i.Relation.Name}'")));
    }

    /// <summary>The query with what is joined to it.</summary>
    internal SelectNode Query => _query.Select;

    /// <summary>The query where it can be cut into pages by its own tables' columns.</summary>
    /// <exception cref="BulkPlanException">What is joined to it stands around it.</exception>
    internal SqlSelect Pageable =>
        _query.IsNumbered
            ? throw RelationProblems.NotJoined(_query.Names, "the query computes columns, and pages are cut by those of its tables")
            : new SqlSelect(Query);

    /// <summary>Whether reading needs statements of its own on the connection that the rows come by.</summary>
    internal bool HasStatements => _loads.Length > 0 || Array.Exists(_joined, part => part.HasStatements);

    /// <summary>What is read by statements of its own, for messages.</summary>
    internal string Names { get; }

    /// <summary>Binds what is joined behind the columns of the rows.</summary>
    /// <returns>The first index behind it.</returns>
    internal int BindJoined(int first)
    {
        foreach (var part in _joined)
            first = part.Bind(first);
        return first;
    }

    internal RowJoiner<T, TReader>[] Joiners<TReader>()
        where TReader : struct, IRowReader => [.. _joined.Select(part => part.Joiner<TReader>())];

    /// <summary>How rows of <see cref="Query"/> are read.</summary>
    internal ResultShape<T> Shape(ResultShape<T> rows) => _joined.Length == 0 ? rows : new JoinedShape<T>(rows, this, _query);

    /// <summary>Reads a query to its end with all that is related to its rows.</summary>
    internal async Task<IReadOnlyList<T>> QueryAsync(RelatedConnection connection, ResultShape<T> rows)
    {
        var read = await connection.ReadAsync(Query, Shape(rows)).ConfigureAwait(false);
        T[] parents = _query.Multiplies ? [.. EachOnce(read)] : [.. read];
        await LoadAsync(connection, parents, _parents).ConfigureAwait(false);
        return parents;
    }

    // One row with several related ones came as many times, one after the other.
    static IEnumerable<T> EachOnce(IReadOnlyList<T> rows) => rows.Where((row, i) => i == 0 || !ReferenceEquals(row, rows[i - 1]));

    /// <summary>Reads what is related to rows that were read.</summary>
    /// <param name="connection">Where the statements run.</param>
    /// <param name="rows">The rows, which are given what is found.</param>
    /// <param name="from">The query that they came from, where it may be a part of other statements.</param>
    internal async Task LoadAsync(RelatedConnection connection, ArraySegment<T> rows, SelectNode? from)
    {
        foreach (var part in _joined)
            await part.FinishAsync(connection, from).ConfigureAwait(false);
        foreach (var (load, embeds) in _loads)
            await load.RunAsync(connection, rows, embeds ? from : null).ConfigureAwait(false);
    }
}
