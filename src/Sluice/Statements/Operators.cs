namespace Sluice.Statements;

enum UnaryOperator
{
    Not,
    Minus,
    IsNull,
    IsNotNull,
}

enum BinaryOperator
{
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    IsDistinctFrom,
    IsNotDistinctFrom,
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
    Concat,
}

enum NullOrder
{
    Default,
    First,
    Last,
}
