namespace Sluice.Generators.Models;

/// <summary>Columns that refer to another table.</summary>
sealed record ForeignKeyModel(EquatableArray<string> Columns, string Table, EquatableArray<string> Referenced);
