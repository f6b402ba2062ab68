namespace Sluice.Generators.Models;

/// <summary>What came of a row type: its model, or complaints.</summary>
sealed record ParsedRow(RowModel? Model, EquatableArray<DiagnosticModel> Diagnostics);
