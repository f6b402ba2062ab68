using Sluice.Planning;

namespace Sluice.PostgreSql.Planning;

/// <summary>
/// An update or delete that is joined with its rows in the order of their keys, so that it locks them in that order by itself.
/// </summary>
/// <remarks>
/// A join of another kind takes rows in an order of its own, and needs a statement before that locks them, which is a second join.
/// Rows in order are looked up one after the other. A merge join is in the order that it sorts by, which only the server's own plan tells;
/// it is asked for where rows are many enough for that. Keys of text are left out, for their order is the collation's.
/// </remarks>
static class OrderedJoin
{
    // Until the transaction's end. Ways that are switched off have a price so high that the server would compile the plan.
    // A cache of keys that were looked up is never asked twice, and costs more than the looking up.
    const string InOrder =
        "SELECT set_config('enable_hashjoin', 'off', true), set_config('enable_bitmapscan', 'off', true), set_config('jit', 'off', true), "
        + "set_config(CASE WHEN current_setting('server_version_num')::int >= 140000 THEN 'enable_memoize' ELSE 'jit' END, 'off', true)";

    // Without sequential scans the only other way to the table's rows is through the key's index.
    internal const string ByLookup = InOrder + ", set_config('enable_mergejoin', 'off', true), set_config('enable_seqscan', 'off', true)";

    // Where the staged rows are a good part of the table's, reading both in order once is faster than looking each up.
    internal const string ByMerge = InOrder + ", set_config('enable_mergejoin', 'on', true), set_config('enable_seqscan', 'on', true)";

    // A trigger's own statements would be planned so too, and those plans are kept for as long as the connection lives.
    const TableTraits Unserved = TableTraits.Triggers | TableTraits.Partitioned | TableTraits.Foreign | TableTraits.View | TableTraits.RowSecurity | Spread.Any;

    internal static bool Serves(BulkPlan plan) =>
        plan.Write is { IsPlain: true, IsKeyUnique: true, NullsEqual: false }
        && (plan.Table.Traits & Unserved) == 0
        && plan.Write.Key.All(c => c.Type.Kind is SqlTypeKind.SmallInt or SqlTypeKind.Integer or SqlTypeKind.BigInt or SqlTypeKind.Uuid or SqlTypeKind.Date
            or SqlTypeKind.Timestamp or SqlTypeKind.TimestampTz);
}
