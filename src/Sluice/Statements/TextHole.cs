namespace Sluice.Statements;

/// <summary>What fills a hole of a text.</summary>
static class TextHole
{
    internal static ExprNode Of<T>(T value)
    {
        // The runtime compiles this for each value type: there nothing is tested and nothing boxed but the parameter itself.
        if (typeof(T).IsValueType)
            return new ParamNode(value, SqlType.For(typeof(T)));
        return value switch
        {
            SqlExpr expression => expression.Node,
            SqlQuery query => new ScalarQueryNode(query.QueryNode),
            null => new ParamNode(null, SqlType.For(typeof(T))),
            Table table => new TableNameNode((TableFrom)table.FromNode),
            Column column => new NameNode(null, column.Name),
            SqlFrom rows => throw NotATable(rows),
            _ => new ParamNode(value, SqlType.For(value.GetType())),
        };
    }

    static ArgumentException NotATable(SqlFrom value) => new(
        $"A hole holds {value.Id.Qualifier}, a query's rows and not a table of the database. Put it into From(), and the text beside it.",
        nameof(value));
}
