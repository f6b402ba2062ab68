using Sluice.Statements;

namespace Sluice;

/// <summary>A SELECT. Each method gives a new one; the tables that columns come from are named in <see cref="From(SqlFrom[])"/> and joins.</summary>
public sealed class SqlSelect : SqlQuery
{
    internal SqlSelect(SelectNode node)
        : base(node)
    {
    }

    SelectNode Select => (SelectNode)Node;

    /// <summary>What rows are read from; several items are joined with every row of each other.</summary>
    public SqlSelect From(params SqlFrom[] items) => new(Select with { From = Select.From.AddRange(items.Select(i => i.FromNode)) });

    /// <summary>Joins rows for which the condition holds: INNER JOIN.</summary>
    public SqlSelect Join(SqlFrom other, SqlBool on) => Joined(JoinKind.Inner, other, on);

    /// <summary>Joins, and keeps rows without a partner: LEFT JOIN.</summary>
    public SqlSelect LeftJoin(SqlFrom other, SqlBool on) => Joined(JoinKind.Left, other, on);

    /// <summary>Joins, and keeps the other side's rows without a partner: RIGHT JOIN.</summary>
    public SqlSelect RightJoin(SqlFrom other, SqlBool on) => Joined(JoinKind.Right, other, on);

    /// <summary>Joins, and keeps both sides' rows without a partner: FULL JOIN.</summary>
    public SqlSelect FullJoin(SqlFrom other, SqlBool on) => Joined(JoinKind.Full, other, on);

    /// <summary>Every row with every row: CROSS JOIN.</summary>
    public SqlSelect CrossJoin(SqlFrom other) => Joined(JoinKind.Cross, other, null);

    SqlSelect Joined(JoinKind kind, SqlFrom other, SqlBool? on)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (Select.From.Count == 0)
            throw Throw.JoinBeforeFrom(other.Id.Qualifier);
        var join = new JoinFrom(kind, Select.From[^1], other.FromNode, on?.Node);
        return new(Select with { From = Seq.Of([.. Select.From.SkipLast(1), join]) });
    }

    /// <summary>Keeps rows for which the condition holds; called again, those for which all hold.</summary>
    public SqlSelect Where(SqlBool condition) => new(Select with { Where = Build.And(Select.Where, Build.Operand(condition)) });

    /// <summary>One row for each group of the same values.</summary>
    public SqlSelect GroupBy(params SqlExpr[] keys) => new(Select with { GroupBy = Select.GroupBy.AddRange(Build.Operands(keys)) });

    /// <summary>Keeps groups for which the condition holds.</summary>
    public SqlSelect Having(SqlBool condition) => new(Select with { Having = Build.And(Select.Having, Build.Operand(condition)) });

    /// <summary>Names a window for <see cref="SqlFunction{T}.Over(string)"/>.</summary>
    public SqlSelect Window(string name, SqlWindow window) => new(Select with { Windows = Select.Windows.Add(new NamedWindow(name, window.Node)) });

    /// <summary>Each row once.</summary>
    public SqlSelect Distinct() => new(Select with { Distinct = true });

    /// <summary>The first row, in the order of ORDER BY, for each combination of the values.</summary>
    public SqlSelect DistinctOn(params SqlExpr[] keys) => new(Select with { DistinctOn = Build.Operands(keys) });

    /// <summary>Orders the rows.</summary>
    public SqlSelect OrderBy(params SqlOrder[] orders) => new(Select with { OrderBy = Select.OrderBy.AddRange(Build.Orders(orders)) });

    /// <summary>At most so many rows.</summary>
    public SqlSelect Limit(SqlExpr<long> rows) => new(Select with { Limit = Build.Operand(rows) });

    /// <summary>Leaves out the first rows.</summary>
    public SqlSelect Offset(SqlExpr<long> rows) => new(Select with { Offset = Build.Operand(rows) });

    /// <summary>Locks the rows for writing until the transaction ends. A database that locks as a whole needs no row locks and is not asked for them.</summary>
    public SqlSelect ForUpdate(RowLock wait = RowLock.Wait, params SqlFrom[] of) => Locked("UPDATE", wait, of);

    /// <summary>Locks the rows for writing that leaves keys as they are.</summary>
    public SqlSelect ForNoKeyUpdate(RowLock wait = RowLock.Wait, params SqlFrom[] of) => Locked("NO KEY UPDATE", wait, of);

    /// <summary>Locks the rows against writing by others.</summary>
    public SqlSelect ForShare(RowLock wait = RowLock.Wait, params SqlFrom[] of) => Locked("SHARE", wait, of);

    /// <summary>Locks the keys of the rows against change by others.</summary>
    public SqlSelect ForKeyShare(RowLock wait = RowLock.Wait, params SqlFrom[] of) => Locked("KEY SHARE", wait, of);

    SqlSelect Locked(string strength, RowLock wait, SqlFrom[] of) => new(Select with
    {
        Lock = new LockNode(strength, Seq.Of(of.Select(f => f.Id)), wait switch { RowLock.NoWait => "NOWAIT", RowLock.SkipLocked => "SKIP LOCKED", _ => null }),
    });

    /// <summary>Lists CTEs that nothing in the query names, as data-modifying ones.</summary>
    public SqlSelect With(params Cte[] ctes) => new(Select with { With = Select.With.AddRange(ctes.Select(c => c.Node)) });
}

/// <summary>What a statement does about a row that somebody else has locked.</summary>
public enum RowLock
{
    /// <summary>Waits for it.</summary>
    Wait,

    /// <summary>Fails at once.</summary>
    NoWait,

    /// <summary>Leaves the row out.</summary>
    SkipLocked,
}
