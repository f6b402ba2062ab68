using Sluice.Statements;

namespace Sluice.Rendering;

sealed partial class StatementRenderer
{
    void Expression(ExprNode node, int atLeast = 0)
    {
        var brackets = Precedence.Of(node) < atLeast;
        if (brackets)
            Write("(");
        Bare(node);
        if (brackets)
            Write(")");
    }

    void Bare(ExprNode node)
    {
        switch (node)
        {
            case SlotNode or RowSlotNode: Slot(node); break;
            case LiteralNode literal: Write(dialect.Literal(literal.Value)); break;
            case DefaultNode: Default(); break;
            case ColumnNode column: Column(column); break;
            case NameNode name: Qualified(name); break;
            case StarNode: Write("*"); break;
            case UnaryNode unary: Unary(unary); break;
            case BinaryNode binary: Binary(binary); break;
            case BetweenNode between: Between(between); break;
            case LikeNode like: Like(like); break;
            case InArrayNode among: InArray(among); break;
            case InQueryNode among: InQuery(among); break;
            case InTuplesNode among: InTuples(among); break;
            case QuantifiedNode quantified: Quantified(quantified); break;
            case TupleNode tuple: Listed("(", tuple.Items); break;
            case ArrayNode array: Array(array); break;
            case SubscriptNode subscript: Subscript(subscript); break;
            case CastNode cast: Cast(cast); break;
            case StoredNode stored: Bare(stored.Operand); break;
            case CollateNode collate: Collate(collate); break;
            case JsonNode json: Json(json); break;
            case CaseNode choice: Case(choice); break;
            case FunctionNode function: Function(function); break;
            case KnownFunctionNode known: Known(known); break;
            case AggregateNode aggregate: Aggregate(aggregate); break;
            case OverNode over: Over(over); break;
            case ExistsNode exists: Write("EXISTS "); Bracketed(exists.Query); break;
            case ScalarQueryNode scalar: Bracketed(scalar.Query); break;
            case TextNode text: Text(text); break;
            case TableNameNode name: Table(name.Table); break;
            default: throw new InvalidOperationException($"{node.GetType().Name} is no expression.");
        }
    }

    void Default()
    {
        Require(Features.DefaultValue, "DEFAULT as a value", "Leave the column out.");
        Write("DEFAULT");
    }

    void Column(ColumnNode column)
    {
        if (!_bareColumns)
        {
            Name(column.From.Qualifier);
            Write(".");
        }
        Name(column.Name);
    }

    void Qualified(NameNode name)
    {
        if (name.Qualifier is "old" or "new")
            Require(Features.ReturningOldNew, "OLD and NEW in RETURNING", "Read the rows before the change.");
        if (name.Qualifier is not null)
        {
            Write(name.Qualifier);
            Write(".");
        }
        Name(name.Name);
    }

    void Unary(UnaryNode node)
    {
        switch (node.Operator)
        {
            case UnaryOperator.Not:
                Write("NOT ");
                Expression(node.Operand, Precedence.Not + 1);
                break;
            case UnaryOperator.Minus:
                Write("-");
                Expression(node.Operand, Precedence.Atom);
                break;
            default:
                Expression(node.Operand, Precedence.Comparison + 1);
                Write(node.Operator is UnaryOperator.IsNull ? " IS NULL" : " IS NOT NULL");
                break;
        }
    }

    void Binary(BinaryNode node)
    {
        var own = Precedence.Of(node);
        var strict = node.Operator is BinaryOperator.Concat;
        Expression(node.Left, strict ? (node.Left is BinaryNode { Operator: BinaryOperator.Concat } ? own : Precedence.Atom)
            : own == Precedence.Comparison ? own + 1 : own);
        Write(" " + Symbol(node.Operator) + " ");
        Expression(node.Right, strict ? Precedence.Atom : own is Precedence.And or Precedence.Or ? own : own + 1);
    }

    string Symbol(BinaryOperator op) => op switch
    {
        BinaryOperator.Or => "OR",
        BinaryOperator.And => "AND",
        BinaryOperator.Equal => "=",
        BinaryOperator.NotEqual => "<>",
        BinaryOperator.Less => "<",
        BinaryOperator.LessOrEqual => "<=",
        BinaryOperator.Greater => ">",
        BinaryOperator.GreaterOrEqual => ">=",
        BinaryOperator.IsDistinctFrom => Features.DistinctFrom ? "IS DISTINCT FROM" : "IS NOT",
        BinaryOperator.IsNotDistinctFrom => Features.DistinctFrom ? "IS NOT DISTINCT FROM" : "IS",
        BinaryOperator.Add => "+",
        BinaryOperator.Subtract => "-",
        BinaryOperator.Multiply => "*",
        BinaryOperator.Divide => "/",
        BinaryOperator.Modulo => "%",
        _ => "||",
    };

    void Between(BetweenNode node)
    {
        Expression(node.Operand, Precedence.Comparison + 1);
        Write(" BETWEEN ");
        Expression(node.Low, Precedence.Comparison + 1);
        Write(" AND ");
        Expression(node.High, Precedence.Comparison + 1);
    }

    void Like(LikeNode node)
    {
        Expression(node.Operand, Precedence.Comparison + 1);
        Write(" " + dialect.LikeOperator(node.IgnoreCase) + " ");
        Expression(node.Pattern, Precedence.Comparison + 1);
        // Without a character of its own a pattern has the backslash. One that was written anew has none.
        var isAnew = !Features.CaseSensitiveLike && !node.IgnoreCase;
        var escape = node.Escape ?? (Features.BackslashInPatterns || isAnew ? null : '\\');
        if (escape is { } character)
        {
            Write(" ESCAPE ");
            Write(dialect.Literal(character));
        }
    }

    void InArray(InArrayNode node)
    {
        Expression(node.Operand, Precedence.Comparison + 1);
        Write(" ");
        Write(dialect.Among(Taken(node.Array), ["{0}", .. node.Forms, .. node.Element.Kind is SqlTypeKind.Uuid ? Features.GuidForms : []]));
    }

    void InQuery(InQueryNode node)
    {
        Expression(node.Operand, Precedence.Comparison + 1);
        Write(" IN ");
        Bracketed(node.Query);
    }

    void InTuples(InTuplesNode node)
    {
        Expression(node.Operand, Precedence.Comparison + 1);
        Write(" IN (VALUES ");
        Join(node.Tuples, t => Expression(t));
        Write(")");
    }

    void Quantified(QuantifiedNode node)
    {
        Require(Features.AnyAndAll, "ANY and ALL over an array", "Use In with a list or a query.");
        Expression(node.Operand, Precedence.Comparison + 1);
        Write(" " + Symbol(node.Operator) + " ANY ");
        if (node.Source is QueryNode query)
        {
            Bracketed(query);
            return;
        }
        Write("(");
        Expression((ExprNode)node.Source);
        Write(")");
    }

    void Array(ArrayNode node)
    {
        Require(Features.Arrays, "arrays", "Keep the values in a table of their own, or as JSON.");
        Write(dialect.ArrayOf([.. node.Items.Select(item => Taken(item))], node.Element));
    }

    void Subscript(SubscriptNode node)
    {
        Require(Features.Arrays, "arrays", "Keep the values in a table of their own, or as JSON.");
        // A subscript binds to a column only; everything else needs brackets of its own.
        Expression(node.Array, node.Array is ColumnNode ? Precedence.Atom : Precedence.Atom + 1);
        Write("[");
        Expression(node.Index);
        Write("]");
    }

    void Cast(CastNode node)
    {
        Write("CAST(");
        Expression(node.Operand);
        Write(" AS " + dialect.TypeName(node.Type) + ")");
    }

    void Collate(CollateNode node)
    {
        Expression(node.Operand, Precedence.Atom);
        Write(" COLLATE ");
        Name(node.Collation);
    }

    void Json(JsonNode node)
    {
        Require(Features.JsonArrows, "-> and ->>", "Use a newer version.");
        Expression(node.Document, node.Document is JsonNode ? Precedence.Other : Precedence.Atom);
        Write(node.AsText ? " ->> " : " -> ");
        Expression(node.Key, Precedence.Atom);
    }

    void Case(CaseNode node)
    {
        Write("CASE");
        if (node.Operand is not null)
        {
            Write(" ");
            Expression(node.Operand);
        }
        foreach (var when in node.Whens)
        {
            Write(" WHEN ");
            Expression(when.Condition);
            Write(" THEN ");
            Expression(when.Result);
        }
        if (node.Else is not null)
        {
            Write(" ELSE ");
            Expression(node.Else);
        }
        Write(" END");
    }

    void Listed(string open, IEnumerable<ExprNode> items, string close = ")")
    {
        Write(open);
        Join(items, i => Expression(i));
        Write(close);
    }

    void Bracketed(QueryNode query)
    {
        Write("(");
        if (query is TextStatementNode text)
            Text(text.Text);
        else
            Query(query);
        Write(")");
    }

    void Text(TextNode node)
    {
        for (var i = 0; i < node.Parts.Count; i++)
        {
            Write(node.Parts[i]);
            if (i < node.Holes.Count)
                Expression(node.Holes[i], Precedence.Atom);
        }
    }
}
