using System.Globalization;

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

    /// <summary>
    /// The statement with a name of its own for each of its columns, as what reads from it needs: a second 'id' becomes 'id_2'.
    /// </summary>
    internal static StatementNode Named(StatementNode node) => node switch
    {
        SelectNode select => select with { Items = Named(select.Items) },
        CompoundNode compound => compound with { Left = (QueryNode)Named(compound.Left) },
        WriteNode write => write with { Returning = Named(write.Returning) },
        _ => node,
    };

    static Seq<ItemNode> Named(Seq<ItemNode> items)
    {
        var names = items.Select((item, i) => Of(item, i).Name).ToList();
        return Distinct(names) is var distinct && distinct.SequenceEqual(names, StringComparer.Ordinal)
            ? items
            : Seq.Of(items.Select((item, i) => distinct[i] == names[i] ? item : item with { Label = distinct[i] }));
    }

    /// <summary>Each name, those that were there before with the least number behind them that makes them another one.</summary>
    internal static IReadOnlyList<string> Distinct(IReadOnlyList<string> names)
    {
        var taken = names.ToHashSet(StringComparer.Ordinal);
        if (taken.Count == names.Count)
            return names;
        var met = new HashSet<string>(StringComparer.Ordinal);
        return [.. names.Select(name => met.Add(name) ? name : Another(name))];

        string Another(string name)
        {
            for (var number = 2; ; number++)
            {
                var other = string.Create(CultureInfo.InvariantCulture, $"{name}_{number}");
                if (taken.Add(other))
                    return other;
            }
        }
    }

    static (string Name, SqlType? Type) Of(ItemNode item, int index) =>
        (item.Label ?? NameOf(item.Expression) ?? $"column{index + 1}", TypeOf(item.Expression));

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
