using Sluice.Statements;

namespace Sluice.Rendering;

/// <summary>CYCLE and SEARCH as columns that the recursion carries: the way to a row as text, and its depth.</summary>
static class CycleLowering
{
    internal static CteNode Lower(CteNode cte, SqlDialect dialect)
    {
        if (cte.Body is not CompoundNode { Left: SelectNode start, Right: SelectNode step } body || SelfOf(step.From) is not { } self)
            throw RenderingProblems.Lacks(dialect.Name, "CYCLE or SEARCH over a recursion of more than two plain queries",
                "Write the recursion as StartWith(Select) and ThenUnionAll(Select).");
        if (cte.Cycle is { } cycle)
            (start, step, cte) = Guard(cte, cycle, start, step, self);
        if (cte.Search is { } search)
            (start, step, cte) = Order(cte, search, start, step, self);
        return cte with { Cycle = null, Search = null, Body = body with { Left = start, Right = step } };
    }

    static (SelectNode Start, SelectNode Step, CteNode Cte) Guard(CteNode cte, CycleClause cycle, SelectNode start, SelectNode step,
        FromId self)
    {
        var path = new ColumnNode(self, cycle.Path, SqlType.Text);
        var token = Token(cte, cycle.Columns, step);
        var seen = new BinaryNode(BinaryOperator.Greater, new KnownFunctionNode(KnownFunction.Position, [path, token]),
            new LiteralNode(0, SqlType.Integer));
        var goesOn = new UnaryNode(UnaryOperator.Not, new ColumnNode(self, cycle.Mark, SqlType.Boolean));
        return (
            With(start, new LiteralNode(false, SqlType.Boolean), Token(cte, cycle.Columns, start)),
            With(step, seen, Concat(path, token)) with { Where = Build.And(step.Where, goesOn) },
            cte with { Columns = cte.Columns.Add(cycle.Mark).Add(cycle.Path) });
    }

    static (SelectNode Start, SelectNode Step, CteNode Cte) Order(CteNode cte, SearchClause search, SelectNode start, SelectNode step,
        FromId self)
    {
        var columns = cte with { Columns = cte.Columns.Add(search.Order) };
        if (search.DepthFirst)
        {
            var path = new ColumnNode(self, search.Order, SqlType.Text);
            return (With(start, Token(cte, search.Columns, start)), With(step, Concat(path, Token(cte, search.Columns, step))), columns);
        }
        var depth = new ColumnNode(self, search.Order, SqlType.BigInt);
        var next = new BinaryNode(BinaryOperator.Add, depth, new LiteralNode(1, SqlType.Integer));
        return (With(start, new LiteralNode(0, SqlType.Integer)), With(step, next), columns);
    }

    static SelectNode With(SelectNode select, params ExprNode[] more) =>
        select with { Items = select.Items.AddRange(more.Select(m => new ItemNode(m, null))) };

    // Each value becomes hexadecimal digits, so that no value can hold the slashes between them.
    static ExprNode Token(CteNode cte, Seq<string> columns, SelectNode select)
    {
        ExprNode token = new LiteralNode("/", SqlType.Text);
        foreach (var column in columns)
        {
            var place = cte.Columns.ToList().IndexOf(column);
            token = Concat(Concat(token, new KnownFunctionNode(KnownFunction.PathToken, [select.Items[place].Expression])),
                new LiteralNode("/", SqlType.Text));
        }
        return token;
    }

    static BinaryNode Concat(ExprNode left, ExprNode right) => new(BinaryOperator.Concat, left, right);

    static FromId? SelfOf(IEnumerable<FromNode> from) => from.Select(SelfOf).FirstOrDefault(id => id is not null);

    static FromId? SelfOf(FromNode node) => node switch
    {
        CteFrom { Cte: null } self => self.Id,
        JoinFrom join => SelfOf(join.Left) ?? SelfOf(join.Right),
        _ => null,
    };
}
