using System.Globalization;
using System.Text;
using Sluice.Statements;

namespace Sluice.Rendering;

/// <summary>Writes a checked and lowered statement.</summary>
sealed partial class StatementRenderer(SqlDialect dialect)
{
    readonly StringBuilder _sql = new();
    readonly List<ExprNode> _slots = [];

    // Columns stand without their table where only one can be meant and the database insists.
    bool _bareColumns;

    SqlFeatures Features => dialect.Features;

    internal CompiledStatement Render(StatementNode statement)
    {
        Statement(statement);
        return new CompiledStatement(_sql.ToString(), _slots);
    }

    void Statement(StatementNode node)
    {
        if (node is TextStatementNode text)
        {
            Text(text.Text);
            return;
        }
        Ctes(node);
        Body(node);
    }

    void Body(StatementNode node)
    {
        switch (node)
        {
            case QueryNode query:
                Query(query);
                break;
            case InsertNode insert:
                Insert(insert);
                break;
            case UpdateNode update:
                Update(update);
                break;
            case DeleteNode delete:
                Delete(delete);
                break;
            case MergeNode merge:
                Merge(merge);
                break;
            default:
                throw new InvalidOperationException($"{node.GetType().Name} is no statement.");
        }
    }

    void Ctes(StatementNode node)
    {
        var ctes = CteCollector.Collect(node);
        if (ctes.Count == 0)
            return;
        Write(ctes.Any(c => c.Recursive) ? "WITH RECURSIVE " : "WITH ");
        Join(ctes, Cte);
        Write(" ");
    }

    void Cte(CteNode cte)
    {
        if (cte.Body is WriteNode)
            Require(Features.WritingCtes, "a CTE that changes rows", "Run the two statements in one transaction.");
        Name(cte.Name);
        if (cte.Columns.Count > 0)
            Names(" (", cte.Columns);
        Write(" AS ");
        if (cte.Materialized is { } kept && Features.MaterializedHint)
            Write(kept ? "MATERIALIZED " : "NOT MATERIALIZED ");
        Write("(");
        Body(cte.Body);
        Write(")");
        if (cte.Search is { } search)
        {
            Write(search.DepthFirst ? " SEARCH DEPTH FIRST BY " : " SEARCH BREADTH FIRST BY ");
            Join(search.Columns, Name);
            Write(" SET ");
            Name(search.Order);
        }
        if (cte.Cycle is { } cycle)
        {
            Write(" CYCLE ");
            Join(cycle.Columns, Name);
            Write(" SET ");
            Name(cycle.Mark);
            Write(" USING ");
            Name(cycle.Path);
        }
    }

    void Require(bool has, string what, string remedy)
    {
        if (!has)
            throw RenderingProblems.Lacks(dialect.Name, what, remedy);
    }

    void Write(string text) => _sql.Append(text);

    // For what the dialect puts together.
    string Taken(ExprNode node, int atLeast = 0)
    {
        var start = _sql.Length;
        Expression(node, atLeast);
        var text = _sql.ToString(start, _sql.Length - start);
        _sql.Length = start;
        return text;
    }

    void Name(string name) => _sql.Append(dialect.Quote(name));

    void Names(string open, IEnumerable<string> names)
    {
        Write(open);
        Join(names, Name);
        Write(")");
    }

    void Join<T>(IEnumerable<T> items, Action<T> write, string separator = ", ")
    {
        var first = true;
        foreach (var item in items)
        {
            if (!first)
                Write(separator);
            first = false;
            write(item);
        }
    }

    void Slot(ExprNode slot)
    {
        // A column of the rows is one parameter, whichever description of its type it was named by.
        var number = _slots.FindIndex(known => slot is RowSlotNode row ? known is RowSlotNode same && same.Name == row.Name : known.Equals(slot));
        if (number < 0)
        {
            number = _slots.Count;
            _slots.Add(slot);
        }
        _sql.Append('$').Append((number + 1).ToString(CultureInfo.InvariantCulture));
    }
}
