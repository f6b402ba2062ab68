namespace Sluice.Statements;

/// <summary>What a FROM item is known by within a statement.</summary>
sealed record FromId(string? Schema, string Name, string? Alias)
{
    /// <summary>The name that columns are qualified with.</summary>
    internal string Qualifier => Alias ?? Name;
}
