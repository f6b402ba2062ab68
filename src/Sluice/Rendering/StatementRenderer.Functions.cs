using Sluice.Statements;

namespace Sluice.Rendering;

sealed partial class StatementRenderer
{
    void Function(FunctionNode node)
    {
        Write(FunctionName(node.Name));
        Listed("(", node.Arguments);
    }

    string FunctionName(string name) => SqlKeywords.IsFunction(name) ? name : string.Join('.', name.Split('.').Select(dialect.Quote));

    void Known(KnownFunctionNode node)
    {
        switch (node.Function)
        {
            case KnownFunction.Now:
                dialect.Now(_sql, node.Type);
                break;
            case KnownFunction.Today:
                Write("CURRENT_DATE");
                break;
            case KnownFunction.PathToken:
                Write(dialect.PathToken.Before);
                Expression(node.Arguments[0]);
                Write(dialect.PathToken.After);
                break;
            default:
                Write(node.Function switch
                {
                    KnownFunction.Greatest => "greatest",
                    KnownFunction.Least => "least",
                    KnownFunction.StringAggregate => dialect.StringAggregate,
                    _ => dialect.PositionFunction,
                });
                Listed("(", node.Arguments);
                break;
        }
    }

    void Aggregate(AggregateNode node)
    {
        var (name, arguments) = node.Function switch
        {
            FunctionNode function => (FunctionName(function.Name), function.Arguments),
            KnownFunctionNode known => (dialect.StringAggregate, known.Arguments),
            _ => throw RenderingProblems.NoAggregate(),
        };
        Write(name);
        Write(node.Distinct ? "(DISTINCT " : "(");
        Join(arguments, a => Expression(a));
        if (node.OrderBy.Count > 0)
        {
            Require(Features.AggregateOrderBy, "ORDER BY in an aggregate", "Use a newer version.");
            OrderBy(node.OrderBy);
        }
        Write(")");
        if (node.WithinGroup.Count > 0)
        {
            Require(Features.OrderedSetAggregates, "WITHIN GROUP", "Compute it from a query in order.");
            Write(" WITHIN GROUP (");
            OrderBy(node.WithinGroup, first: true);
            Write(")");
        }
        if (node.Filter is not null)
        {
            Require(Features.Filter, "FILTER of an aggregate", "Aggregate a CASE.");
            Write(" FILTER (WHERE ");
            Expression(node.Filter);
            Write(")");
        }
    }

    void Over(OverNode node)
    {
        Expression(node.Function);
        Write(" OVER ");
        if (node.WindowName is not null)
            Name(node.WindowName);
        else
            Window(node.Window!);
    }

    void Window(WindowNode node)
    {
        Write("(");
        if (node.PartitionBy.Count > 0)
        {
            Write("PARTITION BY ");
            Join(node.PartitionBy, p => Expression(p));
        }
        if (node.OrderBy.Count > 0)
            OrderBy(node.OrderBy, first: node.PartitionBy.Count == 0);
        if (node.Frame is not null)
            Frame(node.Frame, first: node.PartitionBy.Count == 0 && node.OrderBy.Count == 0);
        Write(")");
    }

    void Frame(FrameNode node, bool first)
    {
        if (node.Unit is FrameUnit.Groups || node.Exclusion is not FrameExclusion.None)
            Require(Features.WindowFrameExtras, "GROUPS and EXCLUDE in a window's frame", "Use a newer version.");
        Write(first ? "" : " ");
        Write(node.Unit switch { FrameUnit.Rows => "ROWS ", FrameUnit.Range => "RANGE ", _ => "GROUPS " });
        Write(node.End is null ? "" : "BETWEEN ");
        Bound(node.Start);
        if (node.End is not null)
        {
            Write(" AND ");
            Bound(node.End);
        }
        Write(node.Exclusion switch
        {
            FrameExclusion.CurrentRow => " EXCLUDE CURRENT ROW",
            FrameExclusion.Group => " EXCLUDE GROUP",
            FrameExclusion.Ties => " EXCLUDE TIES",
            _ => "",
        });
    }

    void Bound(BoundNode node)
    {
        if (node.Offset is not null)
        {
            Expression(node.Offset, Precedence.Atom);
            Write(" ");
        }
        Write(node.Words);
    }

    void OrderBy(Seq<OrderNode> orders, bool first = false)
    {
        Write(first ? "ORDER BY " : " ORDER BY ");
        Join(orders, Order);
    }

    void Order(OrderNode node)
    {
        Expression(node.Expression);
        Write(node.Descending ? " DESC" : "");
        if (node.Nulls is NullOrder.Default)
            return;
        Require(Features.NullsFirstLast, "NULLS FIRST and NULLS LAST", "Order by IsNull() before.");
        Write(node.Nulls is NullOrder.First ? " NULLS FIRST" : " NULLS LAST");
    }
}
