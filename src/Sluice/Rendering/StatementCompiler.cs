using Sluice.Statements;

namespace Sluice.Rendering;

/// <summary>From statement to text: number the values, check, lower, render.</summary>
static class StatementCompiler
{
    internal static RenderedStatement Render(SqlDialect dialect, StatementCache cache, StatementNode statement)
    {
        var compiled = cache.GetOrAdd(statement, node => Compile(dialect, node));
        var values = new List<object?>();
        Collect(statement, values);
        var parameters = new SqlParameter[compiled.Slots.Count];
        for (var i = 0; i < parameters.Length; i++)
            parameters[i] = Fill(dialect, compiled.Slots[i], values);
        return new RenderedStatement(compiled.Text, parameters) { TakesRows = compiled.Slots.Any(s => s is RowSlotNode) };
    }

    static CompiledStatement Compile(SqlDialect dialect, StatementNode statement)
    {
        var next = 0;
        var numbered = Number(statement, ref next);
        ScopeCheck.Check(numbered);
        var lowered = Lowering.Lower(dialect, numbered);
        return new StatementRenderer(dialect).Render(lowered);
    }

    static SqlParameter Fill(SqlDialect dialect, ExprNode slot, List<object?> values) => slot switch
    {
        SlotNode { Form: SlotForm.Json } list => new(dialect.ListValue(values[list.Ordinal]!), Sluice.Schema.SqlType.Text),
        SlotNode { Form: SlotForm.Glob } pattern => new(LikePattern.ToGlob((string?)values[pattern.Ordinal], pattern.Escape), pattern.Type),
        SlotNode value => new(values[value.Ordinal], value.Type),
        RowSlotNode row => new(null, row.Type),
        _ => throw new InvalidOperationException("Only slots have values."),
    };

    // Both walks meet the values in the same order: that of the nodes' own Map.
    static void Collect(Node node, List<object?> values)
    {
        if (node is ParamNode parameter)
            values.Add(parameter.Value);
        else
            node.ForEachChild(child => Collect(child, values));
    }

    static StatementNode Number(StatementNode statement, ref int next)
    {
        var count = next;
        var numbered = (StatementNode)Visit(statement);
        next = count;
        return numbered;

        Node Visit(Node node) => node is ParamNode parameter ? new SlotNode(count++, parameter.Type) : node.Map(Visit);
    }
}
