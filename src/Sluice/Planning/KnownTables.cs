using System.Collections.Concurrent;

namespace Sluice.Planning;

/// <summary>The tables that an engine has read from the catalog.</summary>
/// <remarks>They may have changed since: only what fails without harm, and is then tried anew, may rely on them.</remarks>
sealed class KnownTables
{
    readonly ConcurrentDictionary<(string Name, string? Schema), Table> _tables = new();

    readonly ConcurrentDictionary<(Type Rows, Table Table, string Operation, BulkOptions Options), BulkPlan> _plans = new();

    // Callers that make options anew for every call would fill the memory with plans.
    const int MostPlans = 256;

    /// <summary>The plan of a usual load that ran before with the same options, or null.</summary>
    internal BulkPlan? PlanOf<T>(Table table, string? operation, BulkOptions options) => operation is null ? null : _plans.GetValueOrDefault((typeof(T), table, operation, options));

    internal void Remember<T>(BulkPlan plan, string? operation, BulkOptions options)
    {
        if (operation is not null && _plans.Count < MostPlans)
            _plans[(typeof(T), plan.Table, operation, options)] = plan;
    }

    internal Table? Find(Table described) => _tables.GetValueOrDefault((described.Name, described.Schema));

    internal void Remember(Table described, Table found) => _tables[(described.Name, described.Schema)] = found;
}
