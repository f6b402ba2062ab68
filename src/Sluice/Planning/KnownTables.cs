using System.Collections.Concurrent;
using Sluice.Rendering;

namespace Sluice.Planning;

/// <summary>The tables that an engine has read from the catalog.</summary>
/// <remarks>They may have changed since: only what fails without harm, and is then tried anew, may rely on them.</remarks>
sealed class KnownTables
{
    readonly ConcurrentDictionary<(string Name, string? Schema), Table> _tables = new();

    readonly ConcurrentDictionary<(Type Rows, Description Table, string Operation, BulkOptions Options,
        SqlDialect Dialect), BulkPlan?> _plans = new();

    // A description that was read again makes plans of its own: whether it is the same would be asked with every call.
    readonly record struct Description(Table Table)
    {
        public bool Equals(Description other) => ReferenceEquals(Table, other.Table);

        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(Table);
    }

    // Callers that make options anew for every call would fill the memory with plans.
    const int MostPlans = 256;

    /// <summary>
    /// Whether a usual load ran before with the same options on a server of the same version, and its plan for a few rows, or null where
    /// they need another way.
    /// </summary>
    internal bool TryPlanOf<T>(SqlDialect dialect, Table table, string? operation, BulkOptions options, out BulkPlan? plan)
    {
        plan = null;
        return operation is not null && _plans.TryGetValue((typeof(T), new(table), operation, options, dialect), out plan);
    }

    internal void Remember<T>(SqlDialect dialect, Table table, string? operation, BulkOptions options, BulkPlan? plan)
    {
        if (operation is not null && _plans.Count < MostPlans)
            _plans[(typeof(T), new(table), operation, options, dialect)] = plan;
    }

    internal Table? Find(Table described) => _tables.GetValueOrDefault((described.Name, described.Schema));

    internal void Remember(Table described, Table found) => _tables[(described.Name, described.Schema)] = found;
}
