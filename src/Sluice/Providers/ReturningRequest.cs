using Sluice.Rows;

namespace Sluice.Providers;

/// <summary>What a caller wants to know of each row.</summary>
/// <typeparam name="TValue">What the columns become.</typeparam>
/// <param name="Columns">The columns, as the catalog describes them.</param>
/// <param name="Shape">How they become a value.</param>
public sealed record ReturningRequest<TValue>(IReadOnlyList<Column> Columns, ResultShape<TValue> Shape);
