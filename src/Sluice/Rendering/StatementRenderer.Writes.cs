using Sluice.Statements;

namespace Sluice.Rendering;

sealed partial class StatementRenderer
{
    void Insert(InsertNode node)
    {
        Write("INSERT INTO ");
        Table(node.Target);
        if (node.Columns.Count > 0)
            Names(" (", node.Columns);
        if (node.Overriding is not null)
        {
            Require(Features.Overriding, "OVERRIDING", "Leave it out: values for generated columns are taken.");
            Write(" OVERRIDING " + node.Overriding + " VALUE");
        }
        Write(" ");
        if (node.Source is null)
            Write("DEFAULT VALUES");
        else
            Query(node.Source);
        if (node.Conflict is not null)
            Conflict(node.Conflict);
        Returning(node.Returning, bare: true);
    }

    void Conflict(ConflictNode node)
    {
        Require(Features.OnConflict, "ON CONFLICT", "Use a newer version.");
        Write(" ON CONFLICT");
        if (node.Constraint is not null)
        {
            Write(" ON CONSTRAINT ");
            Name(node.Constraint);
        }
        else if (node.Columns.Count > 0)
        {
            Names(" (", node.Columns);
        }
        if (node.Predicate is not null)
        {
            var outer = _bareColumns;
            _bareColumns = true;
            Where(node.Predicate);
            _bareColumns = outer;
        }
        if (node.DoesNothing)
        {
            Write(" DO NOTHING");
            return;
        }
        Write(" DO UPDATE");
        Set(node.Set);
        Where(node.Where);
    }

    void Set(Seq<SetNode> set)
    {
        Write(" SET ");
        Join(set, s =>
        {
            Name(s.Column);
            Write(" = ");
            Expression(s.Value);
        });
    }

    void Update(UpdateNode node)
    {
        Write("UPDATE ");
        Table(node.Target);
        Set(node.Set);
        if (node.From.Count > 0)
        {
            Require(Features.UpdateFrom, "UPDATE … FROM", "Use a newer version, or set the columns from scalar queries.");
            Write(" FROM ");
            Join(node.From, From);
        }
        Where(node.Where);
        Returning(node.Returning, bare: node.From.Count == 0 || !Features.ReturningSeesJoined);
    }

    void Delete(DeleteNode node)
    {
        Write("DELETE FROM ");
        Table(node.Target);
        if (node.Using.Count > 0)
        {
            Write(" USING ");
            Join(node.Using, From);
        }
        Where(node.Where);
        Returning(node.Returning, bare: node.Using.Count == 0);
    }

    void Merge(MergeNode node)
    {
        Require(Features.Merge, "MERGE", "Use INSERT with ON CONFLICT.");
        Write("MERGE INTO ");
        Table(node.Target);
        Write(" USING ");
        From(node.Source);
        Write(" ON ");
        Expression(node.On);
        foreach (var when in node.Whens)
            When(when);
        if (node.Returning.Count > 0)
            Require(Features.MergeReturning, "RETURNING of a MERGE", "Use INSERT with ON CONFLICT.");
        Returning(node.Returning, bare: false);
    }

    void When(MergeWhenNode node)
    {
        Write(node.Matched ? " WHEN MATCHED" : " WHEN NOT MATCHED");
        if (node.Condition is not null)
        {
            Write(" AND ");
            Expression(node.Condition);
        }
        switch (node.Action)
        {
            case MergeAction.Update:
                Write(" THEN UPDATE");
                Set(node.Set);
                break;
            case MergeAction.Delete:
                Write(" THEN DELETE");
                break;
            case MergeAction.Nothing:
                Write(" THEN DO NOTHING");
                break;
            default:
                Names(" THEN INSERT (", node.Set.Select(s => s.Column));
                Listed(" VALUES (", node.Set.Select(s => s.Value));
                break;
        }
    }

    void Returning(Seq<ItemNode> items, bool bare)
    {
        if (items.Count == 0)
            return;
        Require(Features.Returning, "RETURNING", "Use a newer version, or read the rows after.");
        Write(" RETURNING ");
        var outer = _bareColumns;
        _bareColumns = bare;
        Join(items, Item);
        _bareColumns = outer;
    }
}
