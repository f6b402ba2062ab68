using Sluice.Statements;

namespace Sluice;

/// <summary>
/// A SELECT. Each method gives a new one; the tables that columns come from are named in <see cref="From(SqlFrom[])"/> and joins.
/// </summary>
public sealed class SqlSelect : SqlQuery
{
    internal SqlSelect(SelectNode node, IReadOnlyList<ReadAlong>? includes = null)
        : base(node) => Includes = includes ?? [];

    SelectNode Select => (SelectNode)Node;

    /// <summary>What is related to the rows and read along.</summary>
    internal IReadOnlyList<ReadAlong> Includes { get; }

    /// <summary>The query without what is read along.</summary>
    internal SelectNode Bare => Select;

    // A part of another query gives rows to that one, which nothing could be attached to.
    internal override QueryNode QueryNode => Includes.Count == 0 ? Select : throw StatementProblems.IncludeInside(Includes[0].Name);

    SqlSelect With(SelectNode node) => new(node, Includes);

    /// <summary>What rows are read from; several items are joined with every row of each other.</summary>
    public SqlSelect From(params SqlFrom[] items) => With(Select with { From = Select.From.AddRange(items.Select(i => i.FromNode)) });

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
            throw StatementProblems.JoinBeforeFrom(other.Id.Qualifier);
        var join = new JoinFrom(kind, Select.From[^1], other.FromNode, on?.Node);
        return With(Select with { From = Seq.Of([.. Select.From.SkipLast(1), join]) });
    }

    /// <summary>Keeps rows for which the condition holds; called again, those for which all hold.</summary>
    public SqlSelect Where(SqlBool condition) => With(Select with { Where = Build.And(Select.Where, Build.Operand(condition)) });

    /// <summary>One row for each group of the same values.</summary>
    public SqlSelect GroupBy(params SqlExpr[] keys) => With(Select with { GroupBy = Select.GroupBy.AddRange(Build.Operands(keys)) });

    /// <summary>Keeps groups for which the condition holds.</summary>
    public SqlSelect Having(SqlBool condition) => With(Select with { Having = Build.And(Select.Having, Build.Operand(condition)) });

    /// <summary>Names a window for <see cref="SqlFunction{T}.Over(string)"/>.</summary>
    public SqlSelect Window(string name, SqlWindow window) =>
        With(Select with { Windows = Select.Windows.Add(new NamedWindow(name, window.Node)) });

    /// <summary>Each row once.</summary>
    public SqlSelect Distinct() => Select.DistinctOn.Count == 0 ? With(Select with { Distinct = true }) : throw DistinctTwice();

    /// <summary>The first row, in the order of ORDER BY, for each combination of the values.</summary>
    public SqlSelect DistinctOn(params SqlExpr[] keys) => Select is { Distinct: false, DistinctOn.Count: 0 }
        ? With(Select with { DistinctOn = Build.Operands(keys) })
        : throw DistinctTwice();

    static InvalidOperationException DistinctTwice() =>
        new("The query is DISTINCT already. Name all values that rows are told apart by in one DistinctOn(a, b), or leave out one of the two.");

    /// <summary>Orders the rows.</summary>
    public SqlSelect OrderBy(params SqlOrder[] orders) => With(Select with { OrderBy = Select.OrderBy.AddRange(Build.Orders(orders)) });

    /// <summary>At most so many rows.</summary>
    public SqlSelect Limit(SqlExpr<long> rows) => With(Select with { Limit = Build.Operand(rows) });

    /// <summary>Leaves out the first rows.</summary>
    public SqlSelect Offset(SqlExpr<long> rows) => With(Select with { Offset = Build.Operand(rows) });

    /// <summary>
    /// Locks the rows for writing until the transaction ends. A database that locks as a whole needs no row locks and is not asked for
    /// them.
    /// </summary>
    public SqlSelect ForUpdate(RowLock wait = RowLock.Wait, params SqlFrom[] of) => Locked("UPDATE", wait, of);

    /// <summary>Locks the rows for writing that leaves keys as they are.</summary>
    public SqlSelect ForNoKeyUpdate(RowLock wait = RowLock.Wait, params SqlFrom[] of) => Locked("NO KEY UPDATE", wait, of);

    /// <summary>Locks the rows against writing by others.</summary>
    public SqlSelect ForShare(RowLock wait = RowLock.Wait, params SqlFrom[] of) => Locked("SHARE", wait, of);

    /// <summary>Locks the keys of the rows against change by others.</summary>
    public SqlSelect ForKeyShare(RowLock wait = RowLock.Wait, params SqlFrom[] of) => Locked("KEY SHARE", wait, of);

    /// <summary>The same query, with something more that is read along with its rows.</summary>
    internal SqlSelect With(ReadAlong more) => new(Select, [.. Includes, more]);

    SqlSelect Locked(string strength, RowLock wait, SqlFrom[] of) => With(Select with
    {
        Lock = new LockNode(strength, Seq.Of(of.Select(f => f.Id)),
            wait switch { RowLock.NoWait => "NOWAIT", RowLock.SkipLocked => "SKIP LOCKED", _ => null }),
    });

    /// <summary>Lists CTEs that nothing in the query names, as data-modifying ones.</summary>
    public SqlSelect With(params Cte[] ctes) => With(Select with { With = Select.With.AddRange(ctes.Select(c => c.Node)) });
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
