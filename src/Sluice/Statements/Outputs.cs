using Sluice.Schema;

namespace Sluice.Statements;

/// <summary>The names and types of what a statement returns.</summary>
static class Outputs
{
    internal static IReadOnlyList<(string Name, SqlType? Type)> Of(StatementNode node) => node switch
    {
        SelectNode select => [.. select.Items.Select(Of)],
        CompoundNode compound => Of(compound.Left),
        ValuesNode values => [.. values.Rows[0].Items.Select((item, i) => ($"column{i + 1}", TypeOf(item)))],
        WriteNode write => [.. write.Returning.Select(Of)],
        _ => [],
    };

    static (string Name, SqlType? Type) Of(ItemNode item, int ordinal) => (item.Label ?? NameOf(item.Expression) ?? $"column{ordinal + 1}", TypeOf(item.Expression));

    internal static string? NameOf(ExprNode expression) => expression switch
    {
        ColumnNode column => column.Name,
        NameNode name => name.Name,
        FunctionNode function => function.Name,
        AggregateNode aggregate => NameOf(aggregate.Function),
        OverNode over => NameOf(over.Function),
        CastNode cast => NameOf(cast.Operand),
        _ => null,
    };

    internal static SqlType? TypeOf(ExprNode expression) => expression switch
    {
        ColumnNode column => column.Type,
        ParamNode parameter => parameter.Type,
        LiteralNode literal => literal.Type,
        CastNode cast => cast.Type,
        _ => null,
    };
}
