using Sluice.Rendering;
using Sluice.Statements;

namespace Sluice.Reading.Related;

/// <summary>The statement that reads related rows: of keys that are sent, or of those that a query gives.</summary>
static class RelatedSelect
{
    const string Keys = "sluice_keys";
    const string Parents = "sluice_parents";

    internal static IReadOnlyList<string> NamesOf(RelatedQuery query) => [.. query.Key.Select((_, i) => "k" + Invariant.Text(i + 1))];

    /// <summary>One text whatever the number of keys: they are arrays, and those of several columns are joined.</summary>
    internal static SelectNode OfKeys(SelectNode select, RelatedQuery query, SqlArray[] arrays, SqlFeatures features)
    {
        if (arrays.Length == 1)
            return select with { Where = Build.And(select.Where, new InArrayNode(query.Key[0], arrays[0].Values, arrays[0].Element)) };
        var keys = new SqlUnnest(Keys, arrays, ordinality: null);
        var on = query.Key.Select((key, i) => Equal(key, keys[arrays[i].Name].Node, arrays[i].Element, features)).Aggregate(Build.And);
        return select with { From = [new JoinFrom(JoinKind.Inner, select.From[0], keys.FromNode, on)] };
    }

    static ExprNode Equal(ExprNode key, ExprNode sent, SqlType type, SqlFeatures features)
    {
        var forms = type.Kind is SqlTypeKind.Uuid ? features.GuidForms.Select(form => FormOf(sent, form.Split("{0}"))) : [];
        return forms.Prepend(sent).Select(form => RelatedQuery.Equal(key, form)).Aggregate((one, other) => new BinaryNode(BinaryOperator.Or, one, other));
    }

    static ExprNode FormOf(ExprNode sent, string[] parts) =>
        new TextNode(Seq.Of(parts), Seq.Of(Enumerable.Repeat(sent, parts.Length - 1))) { IsCallers = false };

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
