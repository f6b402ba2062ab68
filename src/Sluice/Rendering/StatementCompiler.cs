using Sluice.Statements;

namespace Sluice.Rendering;

/// <summary>From statement to text: number the values, check, lower, render.</summary>
static class StatementCompiler
{
    internal static RenderedStatement Render(SqlDialect dialect, StatementCache cache, StatementNode statement)
    {
        var values = new StatementValues();
        values.Collect(statement);
        var compiled = cache.GetOrAdd(new StatementKey(statement, Seq.Of(values.Numbers)), key => Compile(dialect, key));
        var parameters = new SqlParameter[compiled.Slots.Count];
        for (var i = 0; i < parameters.Length; i++)
            parameters[i] = Fill(dialect, compiled.Slots[i], values.Distinct);
        return new RenderedStatement(compiled.Text, parameters)
        {
            TakesRows = compiled.Slots.Any(s => s is RowSlotNode),
            MayChangeSession = compiled.MayChangeSession,
            OnlyReads = compiled.OnlyReads,
            CountsOnlyByItself = statement is InsertNode { Source: not (null or ValuesNode), Conflict: not null, Returning.Count: 0 },
        };
    }

    static CompiledStatement Compile(SqlDialect dialect, StatementKey key)
    {
        var next = 0;
        var numbered = (StatementNode)Number(key.Statement);
        ScopeCheck.Check(numbered);
        var lowered = TextValues.Apply(dialect, Lowering.Lower(dialect, numbered));
        return new StatementRenderer(dialect).Render(lowered) with
        {
            MayChangeSession = HasCallersWords(numbered),
            OnlyReads = QueryForm.OnlyReads(numbered),
        };

        // Both walks meet the values in the same order: that of the nodes' own Map.
        Node Number(Node node) => node is ParamNode parameter ? new SlotNode(key.Numbers[next++], parameter.Type) : node.Map(Number);
    }

    static bool HasCallersWords(Node node)
    {
        var found = node is TextNode { IsCallers: true } or FunctionNode { IsCallers: true };
        node.ForEachChild(child => found = found || HasCallersWords(child));
        return found;
    }

    static SqlParameter Fill(SqlDialect dialect, ExprNode slot, List<object?> values) => slot switch
    {
        SlotNode { Form: SlotForm.List } list =>
            new(dialect.ListValue(ListedValues.Of(values[list.Number]!, list.Type.Element)), Sluice.SqlType.Text),
        SlotNode { Form: SlotForm.CaseSensitivePattern } pattern => new(
            values[pattern.Number] is string text ? dialect.CaseSensitivePattern(text, pattern.Escape) : null, pattern.Type),
        SlotNode value => new(values[value.Number], value.Type) { IsCompared = value.Form is SlotForm.Compared },
        RowSlotNode row => new(null, row.Type) { RowColumn = row.Name },
        _ => throw new InvalidOperationException("Only slots have values."),
    };
}

/// <summary>What a text depends on: the structure, and which of its values are one and the same.</summary>
sealed record StatementKey(StatementNode Statement, Seq<int> Numbers);

/// <summary>
/// The values of a statement in the order of its nodes. One that is used twice, as in SELECT and GROUP BY, is one parameter.
/// </summary>
sealed class StatementValues
{
    readonly Dictionary<ParamNode, int> _seen = new(ReferenceEqualityComparer.Instance);

    internal List<object?> Distinct { get; } = [];

    internal List<int> Numbers { get; } = [];

    internal void Collect(Node node)
    {
        if (node is not ParamNode parameter)
        {
            node.ForEachChild(Collect);
            return;
        }
        if (!_seen.TryGetValue(parameter, out var number))
        {
            number = Distinct.Count;
            _seen.Add(parameter, number);
            Distinct.Add(parameter.Value);
        }
        Numbers.Add(number);
    }
}
