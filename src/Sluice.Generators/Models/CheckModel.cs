namespace Sluice.Generators.Models;

/// <summary>A condition that every row meets.</summary>
sealed record CheckModel(string Condition, string? Name);
