using Sluice.Planning;
using Sluice.PostgreSql.Encoding;
using Sluice.PostgreSql.Faults;
using Sluice.PostgreSql.Rendering;
using Sluice.PostgreSql.Schema;

namespace Sluice.PostgreSql.Planning;

/// <summary>Decides how rows are inserted.</summary>
static class PostgresPlanner
{
    /// <summary>Whether rows are inserted by a statement rather than by COPY.</summary>
    /// <remarks>
    /// What a role may see and write is heeded by statements only. How many rows COPY stored, the driver does not tell: without a trigger
    /// that may leave some out, here or on the server that has them, it is all of them. Into tables of other servers older ones send COPY's
    /// rows one by one.
    /// </remarks>
    internal static bool InsertsByStatement(PlanRequest request)
    {
        var traits = request.Table.Traits;
        if ((traits & (TableTraits.RowSecurity | TableTraits.Foreign)) != 0)
            return true;
        return traits.HasFlag(TableTraits.View) ? traits.HasFlag(TableTraits.Triggers)
            : traits.HasFlag(TableTraits.Suppressing)
                && (!traits.HasFlag(TableTraits.NoStaging) || OddOf(FieldMatch.ForInsert(request, out _)) is null);
    }

    /// <summary>A column whose values cannot go in an array, or null.</summary>
    static PlanColumn? OddOf(IReadOnlyList<PlanColumn> columns) =>
        Choose(columns).Path.Format is not CopyFormat.Binary ? columns[0] : columns.FirstOrDefault(c => !ArrayColumns.Takes(c.Target.Type));

    internal static BulkPlan PlanInsert(PlanRequest request)
    {
        var table = request.Table;
        if (table.Traits.HasFlag(TableTraits.View) && !table.Traits.HasFlag(TableTraits.Triggers))
            throw WayProblems.CannotCopy(table, "a view without an INSTEAD OF trigger");

        var columns = FieldMatch.ForInsert(request, out var leftOut);
        if (columns.Count == 0)
            return DefaultRows.Plan(request, write: null, leftOut);
        var (path, reason) = Choose(columns);
        foreach (var column in columns)
            Fit.Check(column, table);
        return new BulkPlan
        {
            Operation = "insert",
            Source = request.Source,
            Table = table,
            TickSize = TimeSpan.TicksPerMicrosecond,
            ExactTimes = request.Options.ExactTimes,
            Columns = columns,
            LeftOut = leftOut,
            Path = path,
            Reason = reason,
            Rendered = [Copy(path, table, columns)],
            ChunkSize = request.Options.ChunkSize,
            Commit = request.Options.Commit,
            Order = FieldMatch.Order(request, columns),
        };
    }

    /// <summary>A plan's COPY of columns into a table: its own, or a temporary one. Its path says in which form.</summary>
    internal static BulkPlan PlanCopy(BulkPlan plan, Table table, IReadOnlyList<PlanColumn> columns)
    {
        var (path, reason) = Choose(columns);
        return plan with { Write = null, Columns = columns, Path = path, Reason = reason, Rendered = [Copy(path, table, columns)] };
    }

    static RenderedStatement Copy(CopyPath path, Table table, IReadOnlyList<PlanColumn> columns) =>
        new(PostgresStatements.Copy(table, columns, binary: path.Format is not CopyFormat.Text), []) { TakesRows = true };

    /// <summary>Whether every column's values can go in an array.</summary>
    internal static bool TakesArrays(IReadOnlyList<PlanColumn> columns) => OddOf(columns) is null;

    /// <param name="request">What is to be written.</param>
    /// <param name="write">What it does to the table.</param>
    /// <param name="dialect">How the server's version writes statements.</param>
    /// <param name="ownsTransaction">Whether the load will have a transaction of its own, in which it may set what it likes.</param>
    internal static BulkPlan PlanWrite(PlanRequest request, WriteRequest write, PostgresDialect dialect, bool ownsTransaction) =>
        PlanWrite(request, write, dialect, ownsTransaction,
            columns => ChooseForSets(request.Table, write, columns, request.Options.Path, request.Options.Commit));

    /// <summary>
    /// Decides how a few rows are written by one statement; null where, in place of COPY, it would not store what COPY stores.
    /// </summary>
    /// <remarks>
    /// Rules rewrite statements, but not COPY. What other servers store is theirs to say, so it is not left to a statement that commits by
    /// itself.
    /// </remarks>
    internal static BulkPlan? PlanAtOnce(PlanRequest request, WriteRequest write, PostgresDialect dialect)
    {
        if (write.Statement.Inserts && write.IsPlain && request.Options.Path is RowPath.Automatic)
        {
            const TableTraits Unserved = TableTraits.Rewritten | TableTraits.View | TableTraits.Foreign | Spread.Any;
            var columns = FieldMatch.ForInsert(request, out _);
            if ((request.Table.Traits & Unserved) != 0 || columns.Count == 0 || OddOf(columns) is not null)
                return null;
        }
        var plan = PlanWrite(request, write, dialect, ownsTransaction: true);
        return AtOncePlanner.Of(plan, dialect) is { } atOnce
            ? atOnce with { Reason = request.Options.Path is RowPath.Automatic ? AtOncePlanner.Reason : plan.Reason }
            : null;
    }

    static BulkPlan PlanWrite(
        PlanRequest request, WriteRequest write, PostgresDialect dialect, bool ownsTransaction, Func<IReadOnlyList<PlanColumn>, (SetPath Path, string Reason)> choose)
    {
        var table = request.Table;
        var columns = FieldMatch.ForWrite(request, write, out var leftOut);
        if (columns.Count == 0)
            return DefaultRows.Plan(request, write, leftOut);
        foreach (var column in columns)
            Fit.Check(column, table);
        var (path, reason) = choose(columns);
        var plan = new BulkPlan
        {
            Operation = write.Operation,
            Source = request.Source,
            Table = table,
            TickSize = TimeSpan.TicksPerMicrosecond,
            ExactTimes = request.Options.ExactTimes,
            Columns = columns,
            LeftOut = leftOut,
            Path = path,
            Reason = reason + Because(table, write),
            Rendered = [],
            ChunkSize = request.Options.ChunkSize,
            Commit = request.Options.Commit,
            Order = Spread.Order(table, write, FieldMatch.Order(request, columns, write.Key)),
            Write = write,
        };
        plan = plan with { Path = path with { Count = SetStatements.CountOf(table, write, dialect), Locks = LocksOf(plan, ownsTransaction) } };
        return plan with { Rendered = SetStatements.Of(plan, dialect) };
    }

    static LockOrder LocksOf(BulkPlan plan, bool ownsTransaction) =>
        plan.Write!.Statement.Inserts || plan.Order is not RowOrder.ByKey || plan.Write.Key.Count == 0 ? LockOrder.None
        : ownsTransaction && OrderedJoin.Serves(plan) ? LockOrder.Join
        : LockOrder.Before;

    // What the table, rather than the rows, makes different.
    static string Because(Table table, WriteRequest write)
    {
        var traits = table.Traits;
        if (write.Operation == "insert" && (traits & (TableTraits.Suppressing | TableTraits.Foreign | TableTraits.View)) != 0)
            return "; by a statement, which tells how many rows were stored";
        if (traits.HasFlag(TableTraits.Distributed) && !write.Statement.Inserts)
            return "; the servers that keep the rows lock them in no order";
        return Spread.Is(table) && write.Statement.ChangesByTime ? "; the time is sent as a value" : "";
    }

    static (SetPath Path, string Reason) ChooseForSets(Table table, WriteRequest write, IReadOnlyList<PlanColumn> columns, RowPath wanted,
        CommitPolicy commit)
    {
        var odd = OddOf(columns);
        if (Spread.TakesNoStaging(table, write))
        {
            return odd is null && wanted is not RowPath.Staging
                ? (Arrays, "a temporary table cannot be joined with a table that each of several servers has")
                : throw (odd is null ? WayProblems.NotByStaging(table, write.Operation) : WayProblems.NotInArrayOfServers(table, write.Operation, odd.Target));
        }
        if (wanted is RowPath.Arrays && (odd is not null || write.RemovesOthers))
            throw WayProblems.NotByArrays(table, write.Operation, odd?.Target.Name);
        if (wanted is not RowPath.Automatic && (wanted is RowPath.Arrays || !table.Traits.HasFlag(TableTraits.NoStaging)))
            return (wanted is RowPath.Arrays ? Arrays : Staged(0, isAsked: true), "the options ask for it");
        if (!table.Traits.HasFlag(TableTraits.NoStaging))
        {
            var most = SetSizes.MostInArrays(write, commit);
            return odd is not null ? (Staged(0), $"COPY to a temporary table is fastest; '{odd.Target.Name}' cannot go in an array")
                : write.RemovesOthers ? (Staged(0), $"COPY to a temporary table is fastest, and a {write.Operation} needs all rows at once")
                : (Staged(most), $"COPY to a temporary table is fastest for many rows; up to {most} go as arrays");
        }
        if (odd is not null || write.RemovesOthers || wanted is RowPath.Staging)
            throw WayProblems.NeedsStaging(table, write.Operation, odd?.Target.Name);
        return (Arrays, "the role may not create temporary tables");
    }

    // How rows are counted and locked is decided once the whole plan is known.
    static ArrayPath Arrays => new(RowCount.Reported, LockOrder.None);

    static StagedPath Staged(int mostInArrays, bool isAsked = false) => new(mostInArrays, isAsked, RowCount.Reported, LockOrder.None);

    static (CopyPath Path, string Reason) Choose(IReadOnlyList<PlanColumn> columns)
    {
        var parsed = columns.FirstOrDefault(c => c.Field.IsParsed && !Fit.ReadsText(c.Target.Type.Kind));
        if (parsed is not null)
            return (new(CopyFormat.Text), $"only the server reads text as {parsed.Target.Type} (column '{parsed.Target.Name}')");
        var foreign = columns.FirstOrDefault(c => !Fit.Encodes(c));
        return foreign is null
            ? (new(CopyFormat.Binary), "every column's type has an encoder")
            : (new(CopyFormat.Driver), $"only the driver encodes {foreign.Target.Type} (column '{foreign.Target.Name}')");
    }
}
