namespace Sluice.Generators.Models;

/// <summary>Columns whose values together occur once.</summary>
sealed record UniqueKeyModel(string Name, EquatableArray<string> Columns);
