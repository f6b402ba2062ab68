using System.Diagnostics.CodeAnalysis;
using Sluice.Rows;

namespace Sluice.Planning;

/// <summary>What a plan is made from.</summary>
/// <param name="Source">The source's name.</param>
/// <param name="Fields">The source's fields.</param>
/// <param name="Table">The target as the catalog describes it.</param>
/// <param name="Options">The caller's options.</param>
[Experimental(ExperimentalFor.Providers)]
public sealed record PlanRequest(string Source, IReadOnlyList<RowField> Fields, Table Table, BulkOptions Options);
