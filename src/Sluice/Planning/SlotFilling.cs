using Sluice.Statements;

namespace Sluice.Planning;

/// <summary>
/// Puts what stands for a row's values in a statement over many rows into the places that they have in the statement for one.
/// </summary>
/// <remarks>
/// A query of its own that names them becomes one that sees the rows around it: a CTE stands where it is read, and a FROM item is lateral.
/// </remarks>
sealed class SlotFilling(Func<RowSlotNode, ExprNode> value)
{
    internal T Fill<T>(T node)
        where T : Node => (T)Visit(node);

    internal static bool HasSlots(Node node)
    {
        var found = node is RowSlotNode;
        if (!found)
            node.ForEachChild(child => found = found || HasSlots(child));
        return found;
    }

    Node Visit(Node node) => node switch
    {
        RowSlotNode slot => value(slot),
        CteFrom { Cte: { } cte } from when HasSlots(cte) => Lateral(from.Id, cte),
        QueryFrom query when HasSlots(query) => query with { Query = Fill(query.Query), Lateral = true },
        StatementNode statement => WithoutRead(statement).Map(Visit),
        CteNode cte when HasSlots(cte) => throw PlanProblems.RowInCte(cte.Name),
        _ => node.Map(Visit),
    };

    QueryFrom Lateral(FromId id, CteNode cte) => cte is { Recursive: false, Body: QueryNode body }
        ? new QueryFrom(id, Fill(body), Lateral: true, cte.Columns)
        : throw PlanProblems.RowInCte(cte.Name);

    // What is listed and only reads is read in the places that name it.
    static StatementNode WithoutRead(StatementNode statement) => statement.With.Any(IsRead)
        ? statement with { With = Seq.Of(statement.With.Where(cte => !IsRead(cte))) }
        : statement;

    static bool IsRead(CteNode cte) => cte is { Recursive: false, Body: QueryNode } && HasSlots(cte);
}
