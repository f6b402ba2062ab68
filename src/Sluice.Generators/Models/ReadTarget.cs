namespace Sluice.Generators.Models;

/// <summary>A parameter or property, and the position of the column that fills it.</summary>
sealed record ReadTarget(string Name, int Column);
