using System.Globalization;
using Sluice.Statements;

namespace Sluice.Rendering;

sealed partial class StatementRenderer
{
    void Query(QueryNode node)
    {
        var outer = _bareColumns;
        _bareColumns = false;
        switch (node)
        {
            case SelectNode select:
                Select(select);
                break;
            case CompoundNode compound:
                Compound(compound);
                break;
            case ValuesNode values:
                Write("VALUES ");
                Join(values.Rows, row => Expression(row));
                break;
            case TextStatementNode text:
                Text(text.Text);
                break;
        }
        _bareColumns = outer;
    }

    void Select(SelectNode node)
    {
        Write("SELECT ");
        if (node.Distinct)
            Write("DISTINCT ");
        if (node.DistinctOn.Count > 0)
        {
            Listed("DISTINCT ON (", node.DistinctOn);
            Write(" ");
        }
        Join(node.Items, Item);
        if (node.From.Count > 0)
        {
            Write(" FROM ");
            Join(node.From, From);
        }
        Where(node.Where);
        if (node.GroupBy.Count > 0)
        {
            Write(" GROUP BY ");
            Join(node.GroupBy, g => Expression(g));
        }
        if (node.Having is not null)
        {
            Write(" HAVING ");
            Expression(node.Having);
        }
        if (node.Windows.Count > 0)
        {
            Write(" WINDOW ");
            Join(node.Windows, w =>
            {
                Name(w.Name);
                Write(" AS ");
                Window(w.Window);
            });
        }
        Tail(node.OrderBy, node.Limit, node.Offset);
        if (node.Lock is not null)
            Lock(node.Lock);
    }

    void Where(ExprNode? condition)
    {
        if (condition is null)
            return;
        Write(" WHERE ");
        Expression(condition);
    }

    void Tail(Seq<OrderNode> orders, ExprNode? limit, ExprNode? offset)
    {
        if (orders.Count > 0)
            OrderBy(orders);
        if (limit is not null)
        {
            Write(" LIMIT ");
            Expression(limit, Precedence.Atom);
        }
        if (offset is null)
            return;
        if (limit is null && Features.LimitBeforeOffset is { } all)
            Write(" LIMIT " + all);
        Write(" OFFSET ");
        Expression(offset, Precedence.Atom);
    }

    void Lock(LockNode node)
    {
        Write(" FOR " + node.Strength);
        if (node.Of.Count > 0)
        {
            Write(" OF ");
            Join(node.Of, id => Name(id.Qualifier));
        }
        if (node.Wait is not null)
            Write(" " + node.Wait);
    }

    void Item(ItemNode node)
    {
        Expression(node.Expression);
        if (node.Label is null)
            return;
        Write(" AS ");
        Name(node.Label);
    }

    void Compound(CompoundNode node)
    {
        Operand(node.Left, sameOnLeft: node);
        Write(node.Operator switch { SetOperator.Union => " UNION ", SetOperator.Intersect => " INTERSECT ", _ => " EXCEPT " });
        Write(node.All ? "ALL " : "");
        Operand(node.Right, sameOnLeft: null);
        Tail(node.OrderBy, node.Limit, node.Offset);
    }

    // Where brackets are no syntax, a query around the query does their work.
    void Operand(QueryNode query, CompoundNode? sameOnLeft)
    {
        var alone = query switch
        {
            SelectNode select => select.OrderBy.Count == 0 && select.Limit is null && select.Offset is null && select.Lock is null,
            CompoundNode compound => sameOnLeft is not null && compound.Operator == sameOnLeft.Operator && compound.All == sameOnLeft.All
                && compound.OrderBy.Count == 0 && compound.Limit is null && compound.Offset is null,
            _ => true,
        };
        if (alone)
        {
            Query(query);
            return;
        }
        Write(Features.BracketedQueries ? "(" : "SELECT * FROM (");
        Query(query);
        Write(")");
    }

    void From(FromNode node)
    {
        switch (node)
        {
            case TableFrom table:
                Table(table);
                break;
            case CteFrom cte:
                Name(cte.Id.Name);
                Alias(cte.Id.Alias);
                break;
            case QueryFrom query:
                Derived(query);
                break;
            case UnnestFrom unnest:
                Lists(unnest);
                break;
            case JoinFrom join:
                Joined(join);
                break;
        }
    }

    void Table(TableFrom table)
    {
        if (table.Id.Schema is not null)
        {
            Name(table.Id.Schema);
            Write(".");
        }
        Name(table.Id.Name);
        Alias(table.Id.Alias);
    }

    void Alias(string? alias, Seq<string> columns = default)
    {
        if (alias is null)
            return;
        Write(" AS ");
        Name(alias);
        if (columns.Count > 0)
            Names("(", columns);
    }

    void Derived(QueryFrom node)
    {
        if (node.Lateral)
            Require(Features.Lateral, "LATERAL", "Use a scalar query, or a join with a window function.");
        Write(node.Lateral ? "LATERAL " : "");
        if (node.Columns.Count == 0 || Features.AliasedColumns)
        {
            Bracketed(node.Query);
            Alias(node.Id.Qualifier, node.Columns);
            return;
        }
        Write("(SELECT ");
        Join(node.Columns.Select((name, i) => (name, i)), c =>
        {
            Write("column" + (c.i + 1).ToString(CultureInfo.InvariantCulture) + " AS ");
            Name(c.name);
        });
        Write(" FROM ");
        Bracketed(node.Query);
        Write(")");
        Alias(node.Id.Qualifier);
    }

    void Lists(UnnestFrom node) => Write(dialect.RelationOf(new ListRelation(
        [.. node.Arrays.Select(array => Taken(array, Precedence.Atom))],
        node.Types,
        [.. node.Columns.Select(dialect.Quote)],
        node.Ordinality is null ? null : dialect.Quote(node.Ordinality),
        dialect.Quote(node.Id.Name))));

    void Joined(JoinFrom node)
    {
        if (node.Kind is JoinKind.Right or JoinKind.Full)
            Require(Features.RightAndFullJoin, "RIGHT and FULL JOIN", "Use a newer version, or LEFT JOIN with the sides exchanged.");
        From(node.Left);
        Write(node.Kind switch
        {
            JoinKind.Inner => " JOIN ",
            JoinKind.Left => " LEFT JOIN ",
            JoinKind.Right => " RIGHT JOIN ",
            JoinKind.Full => " FULL JOIN ",
            _ => " CROSS JOIN ",
        });
        From(node.Right);
        if (node.On is null)
            return;
        Write(" ON ");
        Expression(node.On);
    }
}
