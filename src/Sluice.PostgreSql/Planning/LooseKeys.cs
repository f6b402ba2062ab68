using Sluice.Planning;
using Sluice.PostgreSql.Schema;

namespace Sluice.PostgreSql.Planning;

/// <summary>
/// Keys that only the server takes for the same: of citext, of char(n), where blanks at the end do not count, and of collations that are
/// not deterministic.
/// </summary>
static class LooseKeys
{
    /// <summary>Whether a plan's rows can have such keys.</summary>
    internal static bool Occur(BulkPlan plan) =>
        plan.Write is { Statement: not { Inserts: true, CanUpdate: false, IgnoresConflicts: false } }
        && plan.Key.All(k => plan.Columns.Any(c => c.Target.Name == k.Name))
        && plan.Key.Any(k => IsLoose(k.Type) || (IsText(k.Type) && plan.Table.Traits.HasFlag(TableTraits.LooseCollation)));

    static bool IsText(SqlType type) => type.Kind is SqlTypeKind.Text or SqlTypeKind.VarChar or SqlTypeKind.Char;

    static bool IsLoose(SqlType type) => IsText(type) && PostgresTypes.CastName(type) is not null;
}
