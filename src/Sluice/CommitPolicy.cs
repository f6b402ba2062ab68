namespace Sluice;

/// <summary>When a load's rows become lasting.</summary>
public enum CommitPolicy
{
    /// <summary>All rows or none: one transaction around the load.</summary>
    Atomic,

    /// <summary>Each chunk on its own: what was committed before a failure stays, and the error says how much that is.</summary>
    PerChunk,
}
