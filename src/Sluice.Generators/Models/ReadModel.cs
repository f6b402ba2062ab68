namespace Sluice.Generators.Models;

/// <summary>How a row is made from column values.</summary>
/// <param name="Parameters">The constructor's parameters.</param>
/// <param name="Properties">The properties that are set afterwards.</param>
sealed record ReadModel(EquatableArray<ReadTarget> Parameters, EquatableArray<ReadTarget> Properties);

/// <summary>A parameter or property, and the position of the column that fills it.</summary>
sealed record ReadTarget(string Name, int Column);
