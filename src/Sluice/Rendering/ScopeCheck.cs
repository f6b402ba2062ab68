using Sluice.Statements;

namespace Sluice.Rendering;

/// <summary>Every column comes from something that the statement reads, and no two of these have one name.</summary>
sealed class ScopeCheck
{
    readonly Stack<FromId[]> _scopes = new();
    readonly Dictionary<string, CteNode> _ctes = new(StringComparer.Ordinal);

    internal static void Check(StatementNode statement) => new ScopeCheck().Visit(statement);

    void Visit(Node node)
    {
        switch (node)
        {
            case ColumnNode column:
                Require(column);
                break;
            case SelectNode select:
                Within(select, select.From, null);
                break;
            case UpdateNode update:
                Within(update, update.From, update.Target);
                break;
            case DeleteNode delete:
                Within(delete, delete.Using, delete.Target);
                break;
            case MergeNode merge:
                Within(merge, [merge.Source], merge.Target);
                break;
            case InsertNode insert:
                CheckTargets(insert.Target, insert.Columns);
                CheckSet(insert.Target, insert.Conflict?.Set ?? []);
                insert.Source.IfThere(Visit);
                _scopes.Push([insert.Target.Id]);
                insert.Conflict.IfThere(Visit);
                foreach (var item in insert.Returning)
                    Visit(item);
                _scopes.Pop();
                foreach (var cte in insert.With)
                    Visit(cte);
                break;
            case TextNode text:
                // What a text names itself, its columns come from.
                _scopes.Push([.. text.Holes.OfType<TableNameNode>().Select(n => n.Table.Id)]);
                node.ForEachChild(Visit);
                _scopes.Pop();
                break;
            case CteNode cte:
                Define(cte);
                break;
            case QueryFrom { Lateral: false } derived:
                Outside(derived.Query);
                break;
            default:
                node.ForEachChild(Visit);
                break;
        }
    }

    void Within(StatementNode statement, IEnumerable<FromNode> from, TableFrom? target)
    {
        var ids = from.SelectMany(Ids).ToList();
        if (target is not null)
            ids.Insert(0, target.Id);
        var twice = ids.GroupBy(i => i.Qualifier, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null)
            throw RenderingProblems.SameNameTwice(twice.Key);
        if (statement is UpdateNode update)
            CheckSet(update.Target, update.Set);
        if (statement is MergeNode merge)
        {
            foreach (var when in merge.Whens)
                CheckSet(merge.Target, when.Set);
        }
        _scopes.Push([.. ids]);
        statement.ForEachChild(Visit);
        _scopes.Pop();
    }

    static void CheckSet(TableFrom target, Seq<SetNode> set)
    {
        CheckTargets(target, set.Select(s => s.Column));
        foreach (var one in set)
        {
            if (one.Of is { } of && !IsSame(of, target.Id))
                throw RenderingProblems.SetOfOther(one.Column, of.Name, target.Table);
        }
    }

    // The same table may be described with its schema and without, and under another name.
    static bool IsSame(FromId one, FromId other) =>
        one.Name == other.Name && (one.Schema is null || other.Schema is null || one.Schema == other.Schema);

    static void CheckTargets(TableFrom target, IEnumerable<string> columns)
    {
        var met = new HashSet<string>(StringComparer.Ordinal);
        foreach (var column in columns)
        {
            if (!target.Table.TryGetColumn(column, out _))
                throw RenderingProblems.NotOfTarget(column, target.Table);
            if (!met.Add(column))
                throw RenderingProblems.SetTwice(column, target.Table);
        }
    }

    static IEnumerable<FromId> Ids(FromNode node) => node switch
    {
        TableFrom table => [table.Id],
        CteFrom cte => [cte.Id],
        QueryFrom query => [query.Id],
        UnnestFrom unnest => [unnest.Id],
        JoinFrom join => Ids(join.Left).Concat(Ids(join.Right)),
        _ => [],
    };

    void Define(CteNode cte)
    {
        if (_ctes.TryGetValue(cte.Name, out var other))
        {
            if (!other.Equals(cte))
                throw RenderingProblems.CteTwice(cte.Name);
            return;
        }
        _ctes[cte.Name] = cte;
        Outside(cte.Body);
    }

    // What stands on its own sees nothing of the statement around it.
    void Outside(StatementNode statement)
    {
        var outer = _scopes.ToArray();
        _scopes.Clear();
        Visit(statement);
        _scopes.Clear();
        foreach (var scope in outer.Reverse())
            _scopes.Push(scope);
    }

    void Require(ColumnNode column)
    {
        if (!_scopes.Any(scope => scope.Contains(column.From)))
            throw RenderingProblems.NotInFrom(column.From.Qualifier, column.Name);
    }
}

static class MaybeNodes
{
    internal static void IfThere(this Node? node, Action<Node> visit)
    {
        if (node is not null)
            visit(node);
    }
}
