namespace Sluice.Generators;

/// <summary>Placeholder.</summary>
public sealed class RowGenerator;
