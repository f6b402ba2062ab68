using Sluice.Statements;

namespace Sluice.Rendering;

/// <summary>How strongly a node binds, where the databases agree; where they do not, as weakly as the weakest.</summary>
static class Precedence
{
    internal const int Or = 1;
    internal const int And = 2;
    internal const int Not = 3;
    internal const int Comparison = 4;
    internal const int Other = 5;
    internal const int Sum = 6;
    internal const int Product = 7;
    internal const int Sign = 8;
    internal const int Atom = 9;

    internal static int Of(ExprNode node) => node switch
    {
        StoredNode stored => Of(stored.Operand),
        BinaryNode binary => Of(binary.Operator),
        UnaryNode { Operator: UnaryOperator.Not } => Not,
        UnaryNode { Operator: UnaryOperator.Minus } => Sign,
        UnaryNode or BetweenNode or LikeNode or InArrayNode or InQueryNode or InTuplesNode or QuantifiedNode => Comparison,
        JsonNode or CollateNode => Other,
        TextNode => Or,
        // A sign before a number would meet the operator before it.
        LiteralNode { Value: sbyte or short or int or long or float or double or decimal } literal when IsNegative(literal.Value) => Sign,
        _ => Atom,
    };

    static bool IsNegative(object value) => Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture) < 0;

    static int Of(BinaryOperator op) => op switch
    {
        BinaryOperator.Or => Or,
        BinaryOperator.And => And,
        BinaryOperator.Add or BinaryOperator.Subtract => Sum,
        BinaryOperator.Multiply or BinaryOperator.Divide or BinaryOperator.Modulo => Product,
        BinaryOperator.Concat => Other,
        _ => Comparison,
    };
}
