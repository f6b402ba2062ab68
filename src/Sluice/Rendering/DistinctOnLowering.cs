using Sluice.Statements;

namespace Sluice.Rendering;

/// <summary>DISTINCT ON by row numbers: the first of each group, in the order of the query.</summary>
static class DistinctOnLowering
{
    internal static SelectNode Lower(SelectNode select)
    {
        var inner = new FromId(null, "first_of", null);
        var names = select.Items.Select((item, i) => item.Label ?? Outputs.NameOf(item.Expression) ?? $"column{i + 1}").ToArray();
        var items = select.Items.Select((item, i) => new ItemNode(item.Expression, $"i{i}"));
        var number = new OverNode(new FunctionNode("row_number", []), null, new WindowNode(select.DistinctOn, select.OrderBy, null));
        var orders = select.OrderBy.Select((order, i) => new ItemNode(order.Expression, $"o{i}"));
        var numbered = select with
        {
            Items = Seq.Of([.. items, .. orders, new ItemNode(number, "n")]),
            DistinctOn = [],
            OrderBy = [],
            Limit = null,
            Offset = null,
            With = [],
        };
        return new SelectNode(Seq.Of(names.Select((name, i) => new ItemNode(Of($"i{i}", select.Items[i].Expression), name))))
        {
            With = select.With,
            From = [new QueryFrom(inner, numbered, Lateral: false, [])],
            Where = new BinaryNode(BinaryOperator.Equal, Of("n"), new LiteralNode(1, SqlType.Integer)),
            OrderBy = Seq.Of(select.OrderBy.Select((order, i) => order with { Expression = Of($"o{i}", order.Expression) })),
            Limit = select.Limit,
            Offset = select.Offset,
        };

        ColumnNode Of(string name, ExprNode? value = null) => new(inner, name, value is null ? null : Outputs.TypeOf(value));
    }
}
