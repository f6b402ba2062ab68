using Sluice.Statements;

namespace Sluice.Reading.Related;

/// <summary>The right side of a LEFT JOIN: related rows as a query whose columns have names that no other table has.</summary>
sealed class JoinedSide
{
    readonly FromId _id;
    readonly SelectNode _body;
    readonly string _name;

    internal JoinedSide(int number, JoinedPart part)
    {
        Part = part;
        _name = "sluice_" + Invariant.Text(number + 1);
        _id = new FromId(null, _name, null);
        var orders = part.Query.OrderBy.Select((o, i) => new ItemNode(o.Expression, OrderName(i)));
        _body = part.Body with { Items = Seq.Of(part.Body.Items.Select((item, i) => item with { Label = ColumnName(i) }).Concat(part.Query.IsMany ? orders : [])) };
    }

    internal JoinedPart Part { get; }

    string ColumnName(int place) => _name + "_" + Invariant.Text(place);

    string OrderName(int place) => _name + "_order_" + Invariant.Text(place);

    /// <summary>The columns that are read.</summary>
    internal IEnumerable<ItemNode> Items => Part.Read.Select(place => new ItemNode(Column(place), null));

    internal IEnumerable<OrderNode> OrderBy =>
        Part.Query.IsMany ? Part.Query.OrderBy.Select((o, i) => o with { Expression = new ColumnNode(_id, OrderName(i), null) }) : [];

    ColumnNode Column(int place) => new(_id, ColumnName(place), Outputs.TypeOf(_body.Items[place].Expression));

    /// <param name="from">The left side.</param>
    /// <param name="keyOf">The parent's column of a name.</param>
    internal JoinFrom JoinTo(FromNode from, Func<string, ExprNode> keyOf)
    {
        var outputs = Outputs.Of(Part.Query.Select());
        var keys = Part.Query.KeyColumns.Select(name => Column(outputs.Index().First(o => string.Equals(o.Item.Name, name, StringComparison.Ordinal)).Index));
        var on = keys.Select((key, i) => RelatedQuery.Equal(key, keyOf(Part.Query.ParentColumns[i]))).Aggregate(Build.And);
        return new JoinFrom(JoinKind.Left, from, new QueryFrom(_id, _body, Lateral: false, []), on);
    }
}
