using System.Globalization;
using Sluice.Planning;
using Sluice.PostgreSql.Faults;
using Sluice.PostgreSql.Planning;
using Sluice.PostgreSql.Sessions;
using Sluice.Providers;
using static Sluice.Sql;

namespace Sluice.PostgreSql.Writing;

/// <summary>
/// Finds rows of one call whose keys only the server takes for the same. An upsert would end in an error that names no row, and an update
/// take one of them, nobody
/// knows which.
/// </summary>
/// <remarks>
/// The server hashes each key by the rules of its columns, which a hash join would do too, so that rows of different chunks are compared as
/// well.
/// </remarks>
sealed class SameKeys(ServerSession session, BulkPlan plan)
{
    const string Relation = "sluice_keys";

    readonly Dictionary<(long, long), long> _met = [];

    /// <summary>The search that a plan needs, or null. Servers before 14 have no hash of a row.</summary>
    internal static SameKeys? For(ServerSession session, BulkPlan plan) =>
        LooseKeys.Occur(plan) && session.Dialect.Features.CycleAndSearch ? new(session, plan) : null;

    /// <param name="rows">The rows, in the order in which they were sent.</param>
    /// <param name="ordinalOf">The ordinal in the source of a row, counted from 1 among these.</param>
    /// <param name="locationOf">Where the row with an ordinal stands in its source.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <exception cref="LoadFault">Two rows of the call have the same key.</exception>
    internal async Task CheckAsync(SqlFrom rows, Func<long, long?> ordinalOf, Func<long, string?> locationOf,
        CancellationToken cancellationToken)
    {
        var asked = session.Dialect.Render(Hashes(rows));
        foreach (var hash in await session.QueryAsync(asked, new NumbersShape(), cancellationToken).ConfigureAwait(false))
        {
            var ordinal = ordinalOf(hash[2]) ?? 0;
            if (!_met.TryAdd((hash[0], hash[1]), ordinal) && _met[(hash[0], hash[1])] is var other)
                throw SessionProblems.SameKey(plan, Math.Min(other, ordinal), Math.Max(other, ordinal),
                    locationOf(Math.Max(other, ordinal)));
        }
    }

    SqlSelect Hashes(SqlFrom rows)
    {
        // By a union with the table's own columns the keys take their collations.
        var none = Select([.. plan.Key.Select((c, i) => plan.Table[c].As(Name(i))), Literal(0L).As("n")]).From(plan.Table).Where(ProviderText.Of("false").AsCondition());
        var sent = Select([.. plan.Key.Select((c, i) => rows[c].As(Name(i))), RowNumber().Over(new SqlWindow()).As("n")]).From(rows);
        var all = none.UnionAll(sent).As(Relation);
        var record = "ROW(" + string.Join(", ", plan.Key.Select((_, i) => Relation + "." + Name(i))) + ")";
        var hashes = Select(ProviderText.Of($"hash_record_extended({record}, 0)").AsExpr<long>().As("one"),
            ProviderText.Of($"hash_record_extended({record}, 1)").AsExpr<long>().As("two"), all["n"]).From(all);
        // A null equals no other one, unless the key says so.
        foreach (var name in plan.Write!.NullsEqual ? [] : plan.Key.Select((_, i) => Name(i)))
            hashes = hashes.Where(all[name].IsNotNull());
        return hashes;
    }

    static string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"k{i}");
}
