namespace Sluice.Providers;

/// <summary>What became of one row.</summary>
/// <typeparam name="TValue">What is returned of it.</typeparam>
/// <param name="Action">What happened.</param>
/// <param name="Value">What the row of the table holds; the type's default where there is no such row.</param>
public readonly record struct RowOutcome<TValue>(RowAction Action, TValue Value);
