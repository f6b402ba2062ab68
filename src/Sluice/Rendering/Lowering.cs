using Sluice.Statements;

namespace Sluice.Rendering;

/// <summary>Rewrites what a database lacks into what it has, where that means the same.</summary>
sealed class Lowering(SqlDialect dialect)
{
    internal static StatementNode Lower(SqlDialect dialect, StatementNode statement) =>
        (StatementNode)new Lowering(dialect).Visit(statement);

    Node Visit(Node node) => Rewrite(node.Map(Visit));

    Node Rewrite(Node node) => node switch
    {
        DeleteNode { Using.Count: > 0 } delete when !dialect.Features.DeleteUsing => WithoutUsing(delete),
        SelectNode { DistinctOn.Count: > 0 } select when !dialect.Features.DistinctOn => DistinctOnLowering.Lower(select),
        SelectNode { Lock: not null } select when !dialect.Features.RowLocks => select with { Lock = null },
        InsertNode { Conflict: not null } insert => Conflicting(insert),
        CteNode { Recursive: true, Body: CompoundNode body } cte when !dialect.Features.BracketedQueries && Flat(body) is var flat
            && !ReferenceEquals(flat, body) => Rewrite(cte with { Body = flat }),
        CteNode { Recursive: true } cte when (cte.Cycle is not null || cte.Search is not null) && !dialect.Features.CycleAndSearch =>
            CycleLowering.Lower(cte, dialect),
        InArrayNode { Array: SlotNode slot } among when !dialect.Features.Arrays =>
            among with { Array = slot with { Form = SlotForm.List } },
        InArrayNode or BinaryNode or BetweenNode => ComparedTexts.Mark(node),
        UnnestFrom unnest when !dialect.Features.Arrays => unnest with { Arrays = unnest.Arrays.Map(AsList) },
        LikeNode like when !dialect.Features.CaseSensitiveLike => CaseSensitive(like),
        KnownFunctionNode { Function: KnownFunction.Greatest or KnownFunction.Least } extreme when !dialect.Features.GreatestAndLeast =>
            Extreme(extreme),
        _ => node,
    };

    // A recursion may have several steps one after the other, but none that is a query within brackets: a ∪ (b ∪ c) is (a ∪ b) ∪ c.
    CompoundNode Flat(CompoundNode body)
    {
        if (body.Right is not CompoundNode { OrderBy.Count: 0, Limit: null, Offset: null } steps)
            return body;
        if (body.Operator is not SetOperator.Union || steps.Operator is not SetOperator.Union || body.All != steps.All)
            throw RenderingProblems.Lacks(dialect.Name, "a recursion whose step combines queries otherwise than the recursion itself does",
                "Combine both by UNION ALL, or both by UNION.");
        return Flat(body with { Left = Flat(body with { Right = steps.Left }), Right = steps.Right });
    }

    InsertNode Conflicting(InsertNode insert)
    {
        if (insert.Conflict!.Constraint is { } name && !dialect.Features.ConflictOnConstraint)
            insert = insert with { Conflict = insert.Conflict with { Constraint = null, Columns = ColumnsOf(name, insert.Target.Table) } };
        return insert.Source is { } source && dialect.Features.ConflictNeedsWhere ? insert with { Source = WithWhere(source) } : insert;
    }

    Seq<string> ColumnsOf(string constraint, Table table)
    {
        var key = table.UniqueKeys.FirstOrDefault(k => k is { Predicate: null, Columns.Count: > 0 } && k.Name == constraint)
            ?? throw RenderingProblems.NoConflictOnConstraint(constraint, dialect.Name);
        return Seq.Of(key.Columns);
    }

    static DeleteNode WithoutUsing(DeleteNode delete)
    {
        var asked = new SelectNode([new ItemNode(new LiteralNode(1, SqlType.Integer), null)]) { From = delete.Using, Where = delete.Where };
        return delete with { Using = [], Where = new ExistsNode(asked) };
    }

    // Without a WHERE the parser takes ON CONFLICT for the condition of a join.
    static QueryNode WithWhere(QueryNode source)
    {
        var holds = new LiteralNode(true, SqlType.Boolean);
        return source switch
        {
            SelectNode { Where: null, GroupBy.Count: 0 } select => select with { Where = holds },
            SelectNode or ValuesNode => source,
            _ =>
                new SelectNode([new ItemNode(new StarNode(), null)]) { From = [new QueryFrom(new FromId(null, "source", null), source, Lateral: false, [])], Where = holds },
        };
    }

    static ExprNode AsList(ExprNode array) => array is SlotNode slot ? slot with { Form = SlotForm.List } : array;

    LikeNode CaseSensitive(LikeNode like) => like switch
    {
        { IgnoreCase: true } => like,
        { Pattern: SlotNode slot } =>
            like with { Pattern = slot with { Form = SlotForm.CaseSensitivePattern, Escape = like.Escape }, Escape = null },
        { Pattern: LiteralNode { Value: string text } literal } =>
            like with { Pattern = literal with { Value = dialect.CaseSensitivePattern(text, like.Escape) }, Escape = null },
        _ =>
            throw RenderingProblems.Lacks(dialect.Name, "LIKE that tells capitals from small letters, with a pattern that is computed",
                "Use ILike, or give the pattern as a value."),
    };

    // An aggregate leaves nulls out, as the function does elsewhere.
    static ScalarQueryNode Extreme(KnownFunctionNode extreme)
    {
        var id = new FromId(null, "extreme", null);
        var rows = extreme.Arguments.Select(QueryNode (a) => new SelectNode([new ItemNode(a, "v")])).Aggregate((all, one) => new CompoundNode(SetOperator.Union, All: true, all, one));
        var name = extreme.Function is KnownFunction.Greatest ? "max" : "min";
        var type = extreme.Arguments.Select(Outputs.TypeOf).FirstOrDefault(t => t is not null);
        return new ScalarQueryNode(new SelectNode([new ItemNode(new FunctionNode(name, [new NameNode(null, "v") { Type = type }]), null)])
        {
            From = [new QueryFrom(id, rows, Lateral: false, [])],
        });
    }
}
