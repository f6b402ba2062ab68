using Sluice.Statements;

namespace Sluice.Reading.Related;

/// <summary>A query with the rows joined to it that are related to its own.</summary>
/// <param name="Select">What is sent.</param>
/// <param name="Width">How many of its columns are the query's own; they come first.</param>
/// <param name="IsNumbered">Whether the number of the query's row comes behind them.</param>
/// <param name="Multiplies">Whether a row comes once for each row that is related to it.</param>
/// <param name="Names">The relations, for messages.</param>
sealed record JoinedQuery(SelectNode Select, int Width, bool IsNumbered, bool Multiplies, string Names)
{
    const string Parents = "sluice_parents";
    const string Distincts = "sluice_distinct";
    const string Row = "sluice_row";

    internal static JoinedQuery Of(SelectNode parents, IReadOnlyList<JoinedPart> parts, RelatedPlace place)
    {
        var names = string.Join(", ", parts.Select(p => p.Query.Name));
        var width = parents.Items.Count;
        if (parts.Count == 0)
            return new JoinedQuery(parents, width, false, false, names);
        if (parents.Lock is not null)
            throw RelationProblems.NotJoined(names, "the query locks its rows");
        if (IsPlain(parents) && parts.All(p => !p.Query.IsMany && p.Query.IsUnique))
            return new JoinedQuery(Beside(parents, parts), width, false, false, names);
        if (parts.FirstOrDefault(p => p.Query.IsMany || !p.Query.IsUnique) is { } part && place is not RelatedPlace.Query)
            throw RelationProblems.NotJoined(part.Query.Name,
                place is RelatedPlace.Stream
                    ? "a stream cannot hold back a row until all of its related ones were read"
                    : "it is related to rows that are related themselves, and may have several of them");
        var lists = parts.Where(p => p.Query.IsMany).ToList();
        if (lists.Count > 1)
            throw RelationProblems.NotJoined(string.Join(" and ", lists.Select(p => p.Query.Name)),
                "every row of one list would come with every row of the other");
        if (lists.Count == 1 && parts.FirstOrDefault(p => !p.Query.IsMany && !p.Query.IsUnique) is { } guess)
            throw RelationProblems.NotJoined(guess.Query.Name,
                $"beside {lists[0].Query.Name} nothing would tell whether a row has two of them");
        return new JoinedQuery(Around(parents, parts), width, true, lists.Count == 1, names);
    }

    static bool IsPlain(SelectNode select) =>
        select is { From.Count: 1, Distinct: false, DistinctOn.Count: 0, GroupBy.Count: 0, Having: null }
            && select.Items.All(i => i.Expression is ColumnNode);

    /// <summary>Joins to the query's own tables: related rows that are one or none leave LIMIT and order as they are.</summary>
    static SelectNode Beside(SelectNode parents, IReadOnlyList<JoinedPart> parts)
    {
        var select = parents;
        for (var i = 0; i < parts.Count; i++)
        {
            var side = new JoinedSide(i, parts[i]);
            select = select with
            {
                From = [side.JoinTo(select.From[0], name => ExpressionOf(parents, name, parts[i]))],
                Items = select.Items.AddRange(side.Items),
            };
        }
        return select;
    }

    static ExprNode ExpressionOf(SelectNode parents, string name, JoinedPart part) =>
        parents.Items.FirstOrDefault(i => string.Equals(i.Label ?? Outputs.NameOf(i.Expression), name, StringComparison.Ordinal))?.Expression
            ?? throw RelationProblems.NotJoined(part.Query.Name, $"the query does not read column '{name}'");

    /// <summary>
    /// Joins to the query as a whole, whose LIMIT counts its own rows, and keeps them together and in their order by numbers.
    /// </summary>
    static SelectNode Around(SelectNode parents, IReadOnlyList<JoinedPart> parts)
    {
        var inner = Numbered(Distinctly(parents), parts);
        var id = new FromId(null, Parents, null);
        var outputs = Outputs.Of(inner);
        FromNode from = new QueryFrom(id, inner, Lateral: false, []);
        var items = outputs.Select(o => new ItemNode(new ColumnNode(id, o.Name, o.Type), null)).ToList();
        var orders = new List<OrderNode> { new(new ColumnNode(id, Row, SqlType.BigInt), Descending: false, NullOrder.Default) };
        for (var i = 0; i < parts.Count; i++)
        {
            var side = new JoinedSide(i, parts[i]);
            from = side.JoinTo(from, name => outputs.Any(o => string.Equals(o.Name, name, StringComparison.Ordinal))
                ? new ColumnNode(id, name, null)
                : throw RelationProblems.NotJoined(side.Part.Query.Name, $"the query does not read column '{name}'"));
            items.AddRange(side.Items);
            orders.AddRange(side.OrderBy);
        }
        return new SelectNode(Seq.Of(items)) { From = [from], OrderBy = Seq.Of(orders) };
    }

    static SelectNode Numbered(SelectNode parents, IReadOnlyList<JoinedPart> parts)
    {
        if (parents is { Distinct: false, DistinctOn.Count: 0 })
        {
            var orders = parents.OrderBy.Select(o => o with { Expression = Meant(o.Expression, parents) });
            return parents with { Items = parents.Items.Add(Number(orders)) };
        }
        // A number would make every row another one: it is given to what is left.
        var id = new FromId(null, Distincts, null);
        var outputs = Outputs.Of(parents);
        var outer = parents.OrderBy.Select(o => o with { Expression = OutputOf(Meant(o.Expression, parents)) });
        var items = outputs.Select(o => new ItemNode(new ColumnNode(id, o.Name, o.Type), null)).Append(Number(outer));
        return new SelectNode(Seq.Of(items)) { From = [new QueryFrom(id, parents, Lateral: false, [])] };

        ColumnNode OutputOf(ExprNode expression)
        {
            var place = parents.Items.Index().Where(i => i.Item.Expression.Equals(expression)).Select(i => i.Index).DefaultIfEmpty(-1).First();
            return place >= 0
                ? new ColumnNode(id, outputs[place].Name, outputs[place].Type)
                : throw RelationProblems.NotJoined(parts[0].Query.Name, "the query is DISTINCT and ordered by what it does not read");
        }
    }

    static ItemNode Number(IEnumerable<OrderNode> orders) =>
        new(new OverNode(new FunctionNode("row_number", []), null, new WindowNode([], Seq.Of(orders), null)), Row);

    // A window knows no output columns.
    static ExprNode Meant(ExprNode expression, SelectNode select) =>
        expression is NameNode { Qualifier: null } output
            && select.Items.FirstOrDefault(i => string.Equals(i.Label, output.Name, StringComparison.Ordinal)) is { } item
            ? item.Expression
            : expression;

    /// <summary>The query as a FROM item: every column has a name of its own, the first of a name keeping it.</summary>
    internal static SelectNode Distinctly(SelectNode select)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var items = Outputs.Of(select).Select((output, i) => select.Items[i] with { Label = names.Add(output.Name) ? output.Name : "sluice_other_" + Invariant.Text(i) });
        return select with { Items = Seq.Of(items.ToList()), Lock = null };
    }
}
