using Sluice.Statements;

namespace Sluice.Reading.Related;

/// <summary>The statement that reads related rows: of keys that are sent, or of those that a query gives.</summary>
static class RelatedSelect
{
    const string Keys = "sluice_keys";
    const string Parents = "sluice_parents";

    internal static IReadOnlyList<string> NamesOf(RelatedQuery query) => [.. query.Key.Select((_, i) => "k" + Invariant.Text(i + 1))];

    /// <summary>One text whatever the number of keys: they are arrays, and those of several columns are joined.</summary>
    internal static SelectNode OfKeys(SelectNode select, RelatedQuery query, SqlArray[] arrays)
    {
        if (arrays.Length == 1)
            return select with { Where = Build.And(select.Where, new InArrayNode(query.Key[0], arrays[0].Values, arrays[0].Element)) };
        var keys = new SqlUnnest(Keys, arrays, ordinality: null);
        var on = query.Key.Select((key, i) => RelatedQuery.Equal(key, keys[arrays[i].Name].Node)).Aggregate(Build.And);
        return select with { From = [new JoinFrom(JoinKind.Inner, select.From[0], keys.FromNode, on)] };
    }

    internal static SelectNode OfQuery(SelectNode select, RelatedQuery query, SelectNode parents)
    {
        var from = JoinedQuery.Distinctly(parents);
        var id = new FromId(null, Parents, null);
        var keys = new SelectNode(Seq.Of(query.ParentColumns.Select(name => new ItemNode(new ColumnNode(id, name, null), null))))
        {
            From = [new QueryFrom(id, from, Lateral: false, [])],
        };
        ExprNode key = query.Key.Count == 1 ? query.Key[0] : new TupleNode(Seq.Of(query.Key));
        return select with { Where = Build.And(select.Where, new InQueryNode(key, keys)) };
    }
}
