using Sluice.Statements;

namespace Sluice.Rendering;

/// <summary>Marks texts that are compared with a column.</summary>
/// <remarks>
/// A table that is described in C# says string of every column of texts, also of one where blanks at the end or capitals do not count. A
/// value that is sent as plain text can make a database compare as plain text does; one without a type takes the column's.
/// </remarks>
static class ComparedTexts
{
    internal static Node Mark(Node node) => node switch
    {
        InArrayNode among => among with { Array = Beside(among.Operand, among.Array) },
        BetweenNode between => between with { Low = Beside(between.Operand, between.Low), High = Beside(between.Operand, between.High) },
        BinaryNode { Operator: >= BinaryOperator.Equal and <= BinaryOperator.IsNotDistinctFrom } both =>
            both with { Left = Beside(both.Right, both.Left), Right = Beside(both.Left, both.Right) },
        _ => node,
    };

    static ExprNode Beside(ExprNode other, ExprNode value) => (other, value) switch
    {
        (ColumnNode or NameNode, SlotNode { Form: SlotForm.Value } slot) when IsText(slot.Type.Element ?? slot.Type) =>
            slot with { Form = SlotForm.Compared },
        (TupleNode columns, TupleNode values) when columns.Items.Count == values.Items.Count =>
            values with { Items = Seq.Of(values.Items.Select((item, i) => Beside(columns.Items[i], item))) },
        _ => value,
    };

    static bool IsText(SqlType type) => type.Kind is SqlTypeKind.Text or SqlTypeKind.VarChar or SqlTypeKind.Char;
}
