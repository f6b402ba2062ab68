namespace Sluice.Generators.Models;

/// <summary>How a row is made from column values.</summary>
/// <param name="Parameters">The constructor's parameters.</param>
/// <param name="Properties">The properties that are set afterwards.</param>
sealed record ReadModel(EquatableArray<ReadTarget> Parameters, EquatableArray<ReadTarget> Properties);
